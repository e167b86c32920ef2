// What the root of a device tree for a board says in `compatible`: the name of the SoC, which every
// tree for a board with it carries after the board's own name. Boards without a row are not known.
// Governed by the trees in dts/upstream and arch/arm/dts of the U-Boot tree, which are Linux's own.

interface Row {
  /** One of these has to be there. */
  readonly strings: readonly string[];
  readonly source: string;
}

const upstream = "dts/upstream/src";

const row = (source: string, ...strings: string[]): Row => ({ strings, source });

const bcm2835 = row(`${upstream}/arm/broadcom/bcm2835-rpi-b.dts`, "brcm,bcm2835");
const bcm2837 = row(`${upstream}/arm/broadcom/bcm2837-rpi-3-b.dts`, "brcm,bcm2837");
const bcm2711 = row(`${upstream}/arm/broadcom/bcm2711-rpi-4-b.dts`, "brcm,bcm2711");
const stm32mp15 = row(
  `${upstream}/arm/st/stm32mp15*.dts`,
  ...["st,stm32mp157", "st,stm32mp153", "st,stm32mp151"],
);
const virt = row("QEMU's hw/arm/virt.c", "linux,dummy-virt");
const riscvVirt = row("QEMU's hw/riscv/virt.c", "riscv-virtio");

/** By the name of the board. */
export const compatibles: ReadonlyMap<string, Row> = new Map([
  ["rpi", bcm2835],
  ["rpi_0_w", bcm2835],
  // The 2 Model B v1.2 has the SoC of the 3.
  ["rpi_2", row(`${upstream}/arm/broadcom/bcm2836-rpi-2-b.dts`, "brcm,bcm2836", "brcm,bcm2837")],
  ["rpi_3_32b", bcm2837],
  ["rpi_3", bcm2837],
  ["rpi_4_32b", bcm2711],
  ["rpi_4", bcm2711],
  [
    "rpi_arm64",
    row(
      `${upstream}/arm64/broadcom/bcm2712-rpi-5-b-base.dtsi and those of the 3 and 4`,
      ...["brcm,bcm2837", "brcm,bcm2711", "brcm,bcm2712"],
    ),
  ],
  ["qemu_arm", virt],
  ["qemu_arm64", virt],
  ["qemu_arm64_lwip", virt],
  ["qemu-riscv64", riscvVirt],
  ["qemu-riscv64_smode", riscvVirt],
  ["am335x_evm", row(`${upstream}/arm/ti/omap/am33xx.dtsi`, "ti,am33xx")],
  ["am62x_evm_a53", row(`${upstream}/arm64/ti/k3-am625-sk.dts`, "ti,am625")],
  ["am64x_evm_a53", row(`${upstream}/arm64/ti/k3-am642-evm.dts`, "ti,am642")],
  [
    "pine64_plus",
    row(`${upstream}/arm64/allwinner/sun50i-a64-pine64-plus.dts`, "allwinner,sun50i-a64"),
  ],
  [
    "orangepi_zero3",
    row(`${upstream}/arm64/allwinner/sun50i-h618-orangepi-zero3.dts`, "allwinner,sun50i-h618"),
  ],
  ["orangepi_pc", row(`${upstream}/arm/allwinner/sun8i-h3-orangepi-pc.dts`, "allwinner,sun8i-h3")],
  ["rockpro64-rk3399", row(`${upstream}/arm64/rockchip/rk3399-rockpro64.dts`, "rockchip,rk3399")],
  ["rock5b-rk3588", row(`${upstream}/arm64/rockchip/rk3588-rock-5b.dts`, "rockchip,rk3588")],
  ["rock-3a-rk3568", row(`${upstream}/arm64/rockchip/rk3568-rock-3a.dts`, "rockchip,rk3568")],
  [
    "mx6cuboxi",
    row(`${upstream}/arm/nxp/imx/imx6*-{cubox-i,hummingboard*}.dts`, "fsl,imx6q", "fsl,imx6dl"),
  ],
  ["imx8mm_evk", row(`${upstream}/arm64/freescale/imx8mm-evk.dts`, "fsl,imx8mm")],
  ["stm32mp15", stm32mp15],
  ["stm32mp15_basic", stm32mp15],
  ["xilinx_zynq_virt", row(`${upstream}/arm/xilinx/zynq-zc702.dts`, "xlnx,zynq-7000")],
  ["xilinx_zynqmp_virt", row(`${upstream}/arm64/xilinx/zynqmp-zcu102-revA.dts`, "xlnx,zynqmp")],
  ["odroid-c2", row(`${upstream}/arm64/amlogic/meson-gxbb-odroidc2.dts`, "amlogic,meson-gxbb")],
  ["odroid-n2", row(`${upstream}/arm64/amlogic/meson-g12b-odroid-n2.dts`, "amlogic,g12b")],
  ["p3450-0000", row(`${upstream}/arm64/nvidia/tegra210-p3450-0000.dts`, "nvidia,tegra210")],
  [
    "starfive_visionfive2",
    row(`${upstream}/riscv/starfive/jh7110-starfive-visionfive-2-*.dts`, "starfive,jh7110"),
  ],
  ["microchip_mpfs_generic", row(`${upstream}/riscv/microchip/mpfs.dtsi`, "microchip,mpfs")],
]);

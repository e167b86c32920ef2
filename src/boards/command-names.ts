// Made by tools/u-boot-commands.js from U-Boot's sources, v2021.01 to v2026.10-rc2: do not edit.
// Names of commands, as the macros of include/command.h declare them.

/** The newest release that was looked at, and the oldest. */
export const commandsOf = { newest: "v2026.10-rc2", oldest: "v2021.01" } as const;

/** Commands of cmd/, boot/, common/, lib/ and net/, in any of these releases. */
export const ownNames = `
  ab_select abootimg acpi adc addrmap adtimg aes afs armffa as askenv avb axi base bcb bdinfo bind
  binop blkcache blkmap blob bloblist bmp boot bootcount bootd bootdev bootefi bootelf bootflow
  booti bootm bootmenu bootmeth bootp bootstage bootstd bootvx bootz break btrsubvol bubt button
  cat cbcmos cbfsinfo cbfsinit cbfsload cbfsls cbsysinfo cdp cedit chpart cli clk clone cls cmp
  config coninfo conitrace continue cp cpu cpuid cramfsload cramfsls crc32 crosec cyclic
  dataflash_mmc_mux date dcache ddr demo dfu dhcp dhcp6 dhry diag diskboot dm dmareset dns ds echo
  editenv eeprom efi eficonfig efidebug env erase eraseenv erofsload erofsls ethsw event exit
  ext2load ext2ls ext4load ext4ls ext4size ext4write extension false fastboot fatinfo fatload
  fatls fatmkdir fatrm fatsize fatwrite fdt flinfo font fpga fpgad frd fsinfo fsload fsls fsp
  fstype fstypes fsuuid fuse fuzz fwr fwu_mdata_read gettime go gpio gpt grepenv guid gzwrite hash
  help history hob host hvc i2c i3c icache ide iminfo imls imxtract ini interrupts iod iotrace iow
  irqinfo itest kaslrseed kgdb lcdputs led license linklocal ln load loadb loadm loads loadx loady
  log loop loopw ls lsblk lzmadec mbr md md5sum mdc mdio meminfo memsize mii misc mkdir mm mmc
  mmcinfo ms msr mtd mtdparts mtest mtrr mux mv mvebu_comphy_rx_training mw mwc nand nboot ncsi
  net next nfs nm nvme onenand optee optee_rpmb osd panic part pause pcap pci pci_mps pd ping
  ping6 pinmux pmbus pmc pmic poweroff printenv protect pstore pvblock pwm pxe qfw random rarpboot
  rdump read read_edid reginfo regulator reiserload reiserls reset rkmtd rm rng rockusb rproc rspr
  rtc run sata save saveenv saves sb sbi scmi scp03 scsi scsiboot sdp setcurs setenv setexpr sf
  sha1sum showvar size sleep sm sm3sum smbios smc sntp sound source spawn spl sqfsload sqfsls sspi
  stackprot_test step strings sysboot tcpm temperature terminal test test_fdtdec tftpboot tftpput
  tftpsrv thordown time timer tlv_eeprom tpm tpm2 tpmtest trace true tsi148 ubi ubifsload ubifsls
  ubifsmount ubifsumount ufetch ufs ums unbind universe unlz4 unzip upl usb usbboot ut ut_cmd
  ut_print uuid vbe version virtio w1 wait wdt wget where wol write xxd ydevconfig ydevls yls
  ymkdir ymount ymv yrd yrdm yrm yrmdir ytrace yumount ywr ywrm zboot zfsload zfsls zip`;

/** The release that first had a command: pairs; the others are as old as the oldest. */
export const sinceRelease = `
  addrmap v2021.04 ahab_commit v2024.07 ahab_derive v2025.01 ahab_dump v2022.10
  ahab_return_lifecycle v2023.10 ahab_sec_fuse_prog v2023.10 armffa v2023.10 blkmap v2023.07
  bootaux_cntr v2026.10-rc2 bootdev v2022.07 bootflow v2022.07 bootmeth v2022.07 bootstd v2025.04
  boottype v2026.07 cat v2023.01 cbcmos v2025.01 cbsysinfo v2021.07 cedit v2023.10 cli v2024.04
  cpuid v2025.01 cyclic v2023.01 ddr_si v2025.04 dhcp6 v2023.07 dmareset v2026.01
  dump_efuse v2023.04 dump_otp v2023.04 ebtupdate v2023.04 eficonfig v2023.01
  ele_info v2026.10-rc2 emmcboot v2026.10-rc2 erofsload v2022.07 erofsls v2022.07 event v2022.07
  extension v2021.07 fbxserial v2026.10-rc2 font v2023.01 fsa v2025.10 fuzz v2022.10
  fwu_mdata_read v2023.01 history v2024.01 i3c v2025.10 kaslrseed v2022.01 loadm v2022.10
  mbr v2021.04 memsize v2026.04 mfgprot v2021.07 mkdir v2025.07 msr v2025.01 mv v2025.07
  mvebu_comphy_rx_training v2021.07 ncsi v2023.01 net v2021.10 optee v2025.04 pause v2023.01
  pci_mps v2023.07 pd v2021.10 ping6 v2023.01 pmbus v2026.10-rc2 prepaux v2026.10-rc2 pwm v2021.04
  qb v2026.10-rc2 read_edid v2026.04 rkmtd v2024.01 rm v2025.07 scmi v2024.04 scp03 v2021.07
  select_dt_from_module_version v2023.04 set_priblob_bitfield v2021.07 sm3sum v2026.04
  smbios v2024.04 spawn v2025.07 stackprot_test v2021.07 stopaux v2022.10 tcpm v2025.01
  temperature v2023.01 ufetch v2025.04 upl v2025.01 v2x_status v2026.10-rc2 vab v2021.04
  vbe v2022.10 versal2 v2024.10 versalnet v2023.10 wait v2025.07 wget v2023.01 write v2023.07
  xxd v2023.01`;

/** The last release that had a command: pairs; the others are there still. */
export const untilRelease = `
  ab_select v2024.10 arc v2021.07 as v2022.01 bat v2024.07 bootl v2021.04 break v2022.01
  bright v2022.10 caddy v2021.07 chip_config v2021.07 clrlogo v2022.01 continue v2022.01
  dataflash_mmc_mux v2023.01 diswd v2023.01 ds v2022.01 ds4510 v2025.07 frd v2023.01 fwr v2023.01
  lgset v2023.01 ncsi v2024.10 next v2022.01 pixis_set_sgmii v2023.01 pwrman v2024.10
  rdump v2022.01 reiserload v2024.04 reiserls v2024.04 rk3399_dump_efuses v2023.01 rspr v2023.01
  sh_g200 v2021.01 smhload v2022.04 step v2022.01 tca642x v2025.07 tricordereeprom v2021.04
  tsi148 v2025.07 universe v2025.07 ut_cmd v2024.10 ut_print v2021.07 versal v2025.04
  versal2 v2025.04 versalnet v2025.04 where v2022.01 write_mac v2021.01 ydevconfig v2025.01
  ydevls v2025.01 yls v2025.01 ymkdir v2025.01 ymount v2025.01 ymv v2025.01 yrd v2025.01
  yrdm v2025.01 yrm v2025.01 yrmdir v2025.01 ytrace v2025.01 yumount v2025.01 ywr v2025.01
  ywrm v2025.01`;

/** Commands that only some vendor's builds have, by whose. */
export const vendorNames: Readonly<Record<string, string>> = {
  "nxp, xilinx, allwinner, starfive, st": `
    ahab_close ahab_status auth_cntr b53_reg emsdp fd_write hab_auth_img_or_fail hab_failsafe
  hab_version hsdk_clock hsdk_go hsdk_init iodev nandbcb pfe sdsetn stboard stm32key usrbutton
  zynq zynqmp`,
  xilinx: `
    ahab_commit ahab_derive ddr_si fsa`,
  "nxp, xilinx, st": `
    ahab_dump ahab_sec_fuse_prog stopaux`,
  "xilinx, st": `
    ahab_return_lifecycle dump_efuse dump_otp ebtupdate select_dt_from_module_version`,
  hardkernel: `
    ambapp aml_key_burn aml_sysrecovery amlmmc amlnf amlnf_test anatest autoping autoscr autoupd
  backlight bar beep boot_cooling bootldr bootstrap buz cali cbusreg cec cfgload chipid chkreset
  cled clkinfo clkmsr codec cplbinfo cvbs d2pll dcache_dump dcf77 ddr_auto_fast_boot_check
  ddr_auto_scan_drv ddr_auto_test_window ddr_cpu_test ddr_dqs ddr_dqs_window_step ddr_fast_boot
  ddr_g12_offset_data ddr_g12_offset_data_lcdlr ddr_g12_override_data ddr_read_write_acx_g12a
  ddr_spec_test ddr_sram_tune ddr_test_ac_bit_setup_hold_window ddr_test_acx_g12a ddr_test_cmd
  ddr_test_copy ddr_test_data_bit_setup_hold_window ddr_test_tune_dqs_env ddr_tune_aclcdlr_step
  ddr_tune_ddr_ac_acbdlr_ck ddr_tune_ddr_ac_aclcdlr ddr_tune_ddr_ac_bdlr ddr_tune_ddr_vref
  ddr_tune_dqs ddr_tune_dqs_step ddrft ddrtest ddrtest_gate ddrtest_gx_crosstalk
  ddrtest_gxtvbb_crosstalk defenv_reserv digtest dip disp dm9000ee dmainfo dtt dumpdcr dumpebc
  dumpspr dviinit ecctest eepromwp eepwren efuse efuse_user emmc esdbmp ethchk ethdbg ethmode
  ethrst evb440spe fccinfo fifo fkt forceupdate fp g12_d2pll get_avb_mode get_rebootmode
  get_restore_key get_system_as_root_mode get_valid_slot getbpip getdcr getdevice getidcr gfxdemo
  hdmi_init hdmirx hdmitx hubinit hwflow i2cinfo icache_dump icinfo idpcmd img_osd imgread in
  inctest ini_model ini_parser inkadiag inta iploop irblaster iread ireadl irkey iwrite jtagoff
  jtagon keyman keytest keyunify killme l2cache lcd lcd_cls lcd_cur lcd_putc lcd_puts lcd_test
  lcdbl lcdbr ld_bl40 ldrinfo led_ctl ledoff ledon ledtest loadpci macreg mccinfo mdc_clk mip405
  model_list movi mtc muxinfo mv88e61xx mwm nandrbl netspd_f oem onewire open_scp_log otp out
  painit pati phypower phyreg pip405 pllalter plltest pmm query read_temp resetinfo resetout
  ringmsr rpmb_state rsvmem saa saradc saradc_12bit sbe sccinfo sdc_burn sdc_update selfreset
  set_active_slot set_trim_base set_usb_boot setbpip setdcr setdef setdevice setidcr sha1 sha2
  sha2test showlogo siinfo silent sitinfo smcinfo softswitch_output spibootldr spiinfo store
  store_test sw2_stat sx151x systemoff tee_log_level temp temp_triming test_compression testcache
  testsmp timestamp tiny_usbtool ui unpack unpackimg update update_boot_eeprom usb_burn vcma9
  viu_probe vout vout2 vpd vpp vpu waithci watchdog wav wdogtoggle wipeisb wpeeprom wpi write_trim
  write_version writepci ws xbriinfo xdevinfo zdtest zinit zminit`,
  rockchip: `
    android_ab_select android_print_hdr atags bidram_dump blk boot_android boot_uimage bootavb
  bootrkp charge crypto crypto_sum ddr_dq_eye dump_irqs dump_resource dvfs ext4write_sparse iomem
  load_android loadz loadzflash m4go memtester mtd_blk rkimgtest rknand rksfc rktest
  rockchip_dump_efuses rockchip_dump_otps rockchip_show_bmp rockchip_show_logo script sd_update
  stressapptest sysmem_dump sysmem_search tftp tftp_full_update tftp_update tftpbootm tftpflash
  ut_compression ut_image_decomp vop_dump`,
  "rockchip, allwinner": `
    arc`,
  "rockchip, nxp, xilinx, allwinner, starfive, st": `
    atf bootaux cfgblock clock ddrm dek_blob draco_led esbc_halt esbc_validate fsl_mc hd44780
  hydrate max6957aax mfgr_fuse mmcsetn osdsize pcie pf0100_otp_prog syno updt_fuse
  upgrade_available`,
  "nxp, xilinx, starfive, st": `
    autodetect_devtype bootoctlinux fru go_uboot mfgprot set_priblob_bitfield sl28 snvs_cfg
  snvs_clear_status snvs_dgo_cfg snvs_sec_status stm32prog tamper_pin_cfg vab`,
  "hardkernel, rockchip, nxp, allwinner, starfive, st": `
    bat ds4510 pwrman tca642x`,
  nxp: `
    bee boota bootaux_cntr bootmcu check_fips_mode export_key_blob gpio_conf hdp hdprx imx_tamper
  lock_status qspihdr scu_rm set_fips_mode videolink`,
  "hardkernel, rockchip, nxp, xilinx, allwinner, starfive, st": `
    bmode boot_bank brginfo bridge carinfo clocks cpld cpld_cmd cpld_reset dfubutton e1000 ecc
  econfig enterrcm errata getclk gsc hab_auth_img hab_status hdmidet ioloop iopinfo iopset
  ioreflect kbd km_checkbidhwk km_checktestboot km_setboardid lane_bank mac memcinfo mon_install
  mon_power mvsw_reg nandecc osdp osdw pca953x pinmon pixis_reset pllset psc qe qixis_reset
  siuinfo switch switch_rst sysid testwdt vdd_override vdd_read zimageboot`,
  "its chip or board": `
    bootl boottype ele_info emmcboot fbxserial prepaux qb v2x_status versal2`,
  "hardkernel, rockchip, nxp, allwinner, starfive": `
    bright diswd pixis_set_sgmii`,
  "hardkernel, rockchip, allwinner": `
    caddy chip_config fitupd sh_g200 tricordereeprom write_mac`,
  "hardkernel, rockchip, allwinner, starfive": `
    clrlogo`,
  "hardkernel, rockchip": `
    display dtimg fdcboot hwtest mmc_spi pinit pmb printmac setmac smced smcee smcew usb_update`,
  "rockchip, nxp, allwinner, starfive": `
    lgset smhload`,
  "hardkernel, rockchip, nxp": `
    reboot`,
  "nxp, allwinner, starfive": `
    rk3399_dump_efuses`,
  "nxp, starfive, st": `
    versal`,
  st: `
    versalnet`,
};

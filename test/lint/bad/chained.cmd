# ubootc check boot.cmd
# In one row, which is no row of conditions; and from variables that are run.
tftpboot ${kernel_addr_r} 10.0.0.1:Image; tftpboot ${fdt_addr_r} 10.0.0.1:board.dtb; booti ${kernel_addr_r} - ${fdt_addr_r}
setenv load_both 'load mmc 0:1 ${kernel_addr_r} Image; load mmc 0:1 ${fdt_addr_r} board.dtb'
run load_both && booti ${kernel_addr_r} - ${fdt_addr_r}
load mmc 0:1 ${loadaddr} a.scr || load mmc 1:1 ${loadaddr} a.scr
source ${loadaddr}
if load mmc 0:1 ${loadaddr} a.scr; load mmc 0:1 ${fdt_addr_r} board.dtb; then
  source ${loadaddr}
fi
load mmc 0:1 ${loadaddr} env.txt
env import -t ${loadaddr} ${filesize}
# ubootc: allow status-ignored the card cannot be taken out
load mmc 0:1 ${scriptaddr} own.scr
source ${scriptaddr}
setenv load_third load mmc 0:1 ${loadaddr} third.scr
run load_third
source ${loadaddr}

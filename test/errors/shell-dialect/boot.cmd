run netboot && echo booting || run mmcboot

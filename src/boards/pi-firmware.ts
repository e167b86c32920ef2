// What the firmware of Raspberry Pis reads: the settings of config.txt and its filters, and those of
// the bootloader in the EEPROM of the Pi 4 and 5. Names only, in the order of Raspberry Pi's
// documentation ("config.txt", "Legacy config.txt options", "Bootloader configuration").

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Settings of config.txt. */
export const configKeys: ReadonlySet<string> = new Set(
  words(`
    include
    start_file fixup_file start_x start_debug disable_commandline_tags cmdline kernel arm_64bit
    arm_control armstub arm_peri_high kernel_address kernel_old ramfsfile ramfsaddr initramfs
    auto_initramfs init_uart_baud init_uart_clock bootcode_delay boot_delay boot_delay_ms
    boot_partition boot_ramdisk boot_load_flags disable_poe_fan disable_splash enable_gic enable_uart
    enable_rp1_uart enable_jtag_gpio force_eeprom_read ignore_lcd os_prefix otg_mode overlay_prefix
    os_check pciex4_reset sha256 uart_2ndstage uart_baud upstream_kernel usb_max_current_enable
    uefi_disable_gop tryboot_a_b eeprom_write_protect bootloader_update recovery_wait cpuid
    erase_eeprom program_usb_boot_mode program_usb_boot_timeout program_gpio_bootmode
    program_serial_random program_pubkey revoke_devkey program_jtag_lock max_usb_current
    device_tree device_tree_address device_tree_end device_tree_param dtdebug dtoverlay dtparam
    disable_fw_kms_setup kernel_watchdog_timeout kernel_watchdog_partition
    gpio camera_auto_detect disable_camera_led awb_auto_is_greyworld
    display_auto_detect display_rotate display_hdmi_rotate display_lcd_rotate lcd_rotate
    display_default_lcd display_lcd_0 dispmanx_offline max_framebuffers framebuffer_width
    framebuffer_height framebuffer_depth framebuffer_ignore_alpha framebuffer_priority
    framebuffer_swap max_framebuffer_width max_framebuffer_height test_mode lcd_framerate
    disable_touchscreen disable_pvt
    hdmi_safe hdmi_ignore_edid hdmi_edid_file hdmi_edid_filename hdmi_force_edid_audio
    hdmi_ignore_edid_audio hdmi_force_edid_3d hdmi_ignore_cec_init hdmi_ignore_cec cec_osd_name
    hdmi_pixel_encoding hdmi_pixel_freq_limit hdmi_max_pixel_freq hdmi_blanking hdmi_force_mode
    hdmi_drive hdmi_group hdmi_mode hdmi_cvt hdmi_timings hdmi_force_hotplug hdmi_ignore_hotplug
    hdmi_ignore_composite hdmi_clock_change_limit hdmi_channel_map hdmi_stream_channels
    hdmi_audio_delay hdmi_vendor hdmi_enable_4kp60 hdmi_boot config_hdmi_boost edid_content_type
    enable_hdmi_status avoid_edid_fuzzy_match vga_mode
    enable_tvout sdtv_mode sdtv_aspect sdtv_disable_colourburst
    disable_overscan overscan_left overscan_right overscan_top overscan_bottom overscan_scale
    enable_dpi_lcd dpi_group dpi_mode dpi_output_format dpi_timings dpi_timing
    disable_audio_dither enable_audio_dither pwm_sample_bits audio_pwm_mode
    arm_boost arm_freq arm_freq_min core_freq core_freq_min core_freq_fixed gpu_freq gpu_freq_min
    h264_freq h264_freq_min hevc_freq hevc_freq_min isp_freq isp_freq_min v3d_freq v3d_freq_min
    sdram_freq sdram_freq_min sdram_schmoo over_voltage over_voltage_min over_voltage_delta
    over_voltage_sdram over_voltage_sdram_c over_voltage_sdram_i over_voltage_sdram_p
    over_voltage_avs force_turbo initial_turbo temp_limit temp_soft_limit avoid_warnings
    avoid_pwm_pll never_over_voltage current_limit_override disable_auto_turbo
    disable_l2cache disable_l2_cache gpu_mem gpu_mem_256 gpu_mem_512 gpu_mem_1024 total_mem
    cma_lwm cma_hwm disable_splash_screen
    decode_MPG2 decode_WVC1 sd_overclock sd_poll_once logging_level supervised
    bootvar0 wifi_sleep watchdog
  `),
);

/** Filters of config.txt that are a word; the others have a value in them. */
export const configFilters: ReadonlySet<string> = new Set(
  words(`
    all none tryboot
    pi0 pi0w pi02 pi1 pi2 pi3 pi3+ pi4 pi400 pi5 pi500 pi500+ cm0 cm1 cm3 cm3+ cm4 cm4s cm5 cm5l
  `),
);

/** Whether the firmware knows the filter between `[` and `]`. */
export function isConfigFilter(filter: string): boolean {
  return (
    configFilters.has(filter.toLowerCase()) ||
    /^(?:EDID=.+|HDMI:[01]|0x[0-9a-f]{1,16}|gpio\d+=[01]|board-type=0x[0-9a-f]+)$/i.test(filter) ||
    // The expression filter: boot_arg1, bootvar0, boot_count, boot_partition, partition.
    /^(?:boot_arg1|bootvar0|boot_count|boot_partition|partition)(?:&.+)?(?:=|<|>).+$/.test(filter)
  );
}

/** Settings of the bootloader in the EEPROM. */
export const bootloaderKeys: ReadonlySet<string> = new Set(
  words(`
    BOOT_UART UART_BAUD WAKE_ON_GPIO POWER_OFF_ON_HALT WAIT_FOR_POWER_BUTTON BOOT_ORDER
    BOOT_WATCHDOG_TIMEOUT BOOT_WATCHDOG_PARTITION MAX_RESTARTS REBOOT_ON_FATAL_ERROR
    SD_BOOT_MAX_RETRIES SD_OVERCURRENT_CHECK SD_QUIRKS NET_BOOT_MAX_RETRIES DHCP_TIMEOUT
    DHCP_REQ_TIMEOUT TFTP_FILE_TIMEOUT TFTP_IP TFTP_PREFIX TFTP_PREFIX_STR PXE_OPTION43 DHCP_OPTION97
    MAC_ADDRESS MAC_ADDRESS_OTP CLIENT_IP SUBNET GATEWAY DISABLE_HDMI HDMI_DELAY ENABLE_SELF_UPDATE
    FREEZE_VERSION HTTP_HOST HTTP_PORT HTTP_PATH HTTP_CACERT_HASH IMAGER_REPO_URL
    NET_INSTALL_ENABLED NET_INSTALL_AT_POWER_ON NET_INSTALL_KEYBOARD_WAIT NETCONSOLE PARTITION
    PARTITION_WALK BOOTVAR0 PCIE_PROBE PSU_MAX_CURRENT USB_MSD_EXCLUDE_VID_PID
    USB_MSD_DISCOVER_TIMEOUT USB_MSD_LUN_TIMEOUT USB_MSD_PWR_OFF_TIME USB_MSD_STARTUP_DELAY
    USB_MSD_BOOT_MAX_RETRIES VL805 XHCI_DEBUG SDRAM_BANKLOW SIGNED_BOOT
  `),
);

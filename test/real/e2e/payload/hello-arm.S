// A zImage for the Orange Pi PC that says what it was given: the properties `bootargs` and `note` of its
// device tree, and whether the initrd that the tree names begins as gzip does. Each on the first UART,
// which U-Boot has set up.
//
//   arm-linux-gnueabihf-as -march=armv7-a hello-arm.S -o hello-arm.o
//   arm-linux-gnueabihf-objcopy -O binary hello-arm.o hello-arm.bin

        .equ    UART, 0x01c28000
        .arm
        .rept   8
        mov     r0, r0
        .endr
        b       main
        .word   0x016f2818              // at 0x24: the magic of a zImage
        .word   0                       // where it starts
        .word   end                     // where it ends: its size, as it is linked to 0
        .word   0x04030201

main:   mov     r4, r2                  // the device tree
        adr     r0, hello
        bl      print
        ldr     r5, [r4, #8]            // off_dt_struct
        rev     r5, r5
        add     r5, r5, r4
        ldr     r6, [r4, #12]           // off_dt_strings
        rev     r6, r6
        add     r6, r6, r4
token:  ldr     r7, [r5], #4
        rev     r7, r7
        cmp     r7, #1
        beq     node
        cmp     r7, #3
        beq     prop
        cmp     r7, #9
        bne     token
        adr     r0, newline
        bl      print
halt:   wfi
        b       halt

node:   ldrb    r7, [r5], #1
        cmp     r7, #0
        bne     node
align:  add     r5, r5, #3
        bic     r5, r5, #3
        b       token

prop:   ldr     r8, [r5], #4            // r8: length, r9: name, r5: value
        rev     r8, r8
        ldr     r9, [r5], #4
        rev     r9, r9
        add     r9, r9, r6
        adr     r1, bootargs
        bl      same
        beq     text
        adr     r1, note
        bl      same
        beq     text
        adr     r1, initrd
        bl      same
        bne     next
        add     r0, r5, r8              // one cell or two: the lower one is the last
        ldr     r0, [r0, #-4]
        rev     r0, r0
        ldrh    r0, [r0]
        movw    r1, #0x8b1f
        cmp     r0, r1
        adr     r0, whole
        bleq    print
        b       next
text:   adr     r0, comma
        bl      print
        mov     r0, r5
        bl      print
next:   add     r5, r5, r8
        b       align

// Whether the texts at r1 and r9 are the same, in the flags.
same:   mov     r2, r9
1:      ldrb    r3, [r1], #1
        ldrb    r7, [r2], #1
        cmp     r3, r7
        bxne    lr
        cmp     r3, #0
        bne     1b
        bx      lr

// Prints the text at r0.
print:  movw    r1, #:lower16:UART
        movt    r1, #:upper16:UART
1:      ldrb    r2, [r0], #1
        cmp     r2, #0
        bxeq    lr
2:      ldr     r3, [r1, #0x14]         // LSR: bit 5 when there is room
        tst     r3, #0x20
        beq     2b
        str     r2, [r1]
        b       1b

hello:    .asciz "hello from a zImage"
comma:    .asciz ": "
whole:    .asciz ": initrd"
newline:  .asciz "\r\n"
bootargs: .asciz "bootargs"
note:     .asciz "note"
initrd:   .asciz "linux,initrd-start"
        .balign 4
end:

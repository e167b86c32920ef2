// The smallest kernel that shows a boot worked: an arm64 Image of a few hundred bytes that prints
// "hello from NAME: BOOTARGS" and stops. The header is the one of Documentation/arch/arm64/booting
// in Linux, the tree in x0 is flattened as in chapter 5 of the Devicetree Specification.
// It leaves out exceptions, the MMU and UART set-up: U-Boot has printed on that UART already.
//
// Built in this folder, with no linker since nothing refers outside, by
//   aarch64-linux-gnu-as hello.S -o hello.o $variant
//   aarch64-linux-gnu-objcopy -O binary hello.o hello && gzip -n -9 < hello > Image.gz
// where variant is empty for the Raspberry Pi 3, "--defsym virt=1" for QEMU's virt machine
// (../zero-client-qemu/Image.gz), and "--defsym virt=1 --defsym fallback=1" for fallback.gz there.

        .macro address register, value
        movz    \register, #(\value) & 0xffff
        movk    \register, #(\value) >> 16, lsl #16
        .endm

        .globl  _start
_start: b       main
        .long   0
        .quad   0                       // text_offset, from a 2 MiB boundary
        .quad   end - _start            // image_size
        .quad   0xa                     // flags: little endian, 4 KiB pages, anywhere in memory
        .quad   0, 0, 0
        .ascii  "ARM\x64"
        .long   0

main:   mov     x19, x0
        adr     x0, hello
        bl      print
        bl      bootargs
        bl      print
        adr     x0, newline
        bl      print
.ifdef virt
        address w0, 0x84000008          // PSCI SYSTEM_OFF; without EL2 and EL3 QEMU answers hvc
        hvc     #0
.endif
halt:   wfi
        b       halt

// x0: text to print, up to its zero. A UART that never takes a byte loses it rather than hang.
print:  mov     x9, x30
next:   ldrb    w1, [x0], #1
        cbz     w1, printed
.ifdef virt
        address x2, 0x09000000          // PL011
        bl      pl011
.else
        address x2, 0x3f201000          // PL011
        bl      pl011
        address x2, 0x3f215040          // mini UART: data, and at 0x14 its line status
        mov     w3, #0x10000
mini:   ldr     w4, [x2, #0x14]
        subs    w3, w3, #1
        b.eq    next
        tbz     w4, #5, mini            // until there is room for a byte
        str     w1, [x2]
.endif
        b       next
printed:
        ret     x9

pl011:  mov     w3, #0x10000
busy:   ldr     w4, [x2, #0x18]
        subs    w3, w3, #1
        b.eq    lost
        tbnz    w4, #5, busy            // while the transmit queue is full
        str     w1, [x2]
lost:   ret

// x19: the flattened tree. Gives in x0 the value of the first property "bootargs", else "".
// Only /chosen has one. Every token and value starts on a word, so no access is unaligned.
bootargs:
        ldp     w1, w2, [x19, #8]
        rev     w1, w1
        rev     w2, w2
        add     x1, x19, x1             // structure block
        add     x2, x19, x2             // strings block
token:  ldr     w3, [x1], #4
        rev     w3, w3
        cmp     w3, #1
        b.eq    node
        cmp     w3, #3
        b.eq    property
        cmp     w3, #9
        b.ne    token                   // end of a node, or nothing
        adr     x0, empty
        ret
node:   ldrb    w3, [x1], #1
        cbnz    w3, node
        b       align
property:
        ldp     w3, w4, [x1], #8        // length and name of the value
        rev     w3, w3
        rev     w4, w4
        mov     x0, x1
        add     x1, x1, x3
        add     x4, x2, x4
        adr     x5, wanted
same:   ldrb    w6, [x4], #1
        ldrb    w7, [x5], #1
        cmp     w6, w7
        b.ne    align
        cbnz    w6, same
        ret
align:  add     x1, x1, #3
        and     x1, x1, #~3
        b       token

hello:  .ascii  "hello from "
.ifdef virt
.ifdef fallback
        .asciz  "fallback: "
.else
        .asciz  "zero-client-qemu: "
.endif
.else
        .asciz  "zero-client: "
.endif
wanted: .asciz  "bootargs"
newline:
        .ascii  "\r\n"
empty:  .byte   0
        .balign 8
end:

// A kernel that looks whether it and what it was given arrived whole: it adds up the words behind
// its code, and those of the initrd that the device tree names, and prints what it found, as
// "intact: kernel initrd" or with "bad kernel", "bad initrd" in their places. "no tree" is what it
// prints when x0 does not point at a device tree, "lost" when the tree is damaged.
// The test appends the words and writes the counts and sums into the header of the data.
//
//   aarch64-linux-gnu-as intact.S -o intact.o && aarch64-linux-gnu-objcopy -O binary intact.o intact.bin

        .macro address register, value
        movz    \register, #(\value) & 0xffff
        movk    \register, #(\value) >> 16, lsl #16
        .endm

_start: b       main
        .long   0
        .quad   0                       // text_offset
        .quad   0                       // image_size: written by the test
        .quad   0xa
        .quad   0, 0, 0
        .ascii  "ARM\x64"
        .long   0
words:  .quad   0                       // at 64: 8-byte words behind `end`
sum:    .quad   0                       // at 72: their sum
isum:   .quad   0                       // at 80: that of the initrd

main:   mov     x19, x0
        ldr     w1, [x19]
        rev     w1, w1
        address w2, 0xd00dfeed
        adr     x0, notree
        cmp     w1, w2
        b.ne    say
        adr     x0, intact
        bl      print
        adr     x1, end
        ldr     x2, words
        bl      add
        ldr     x4, sum
        adr     x0, kernel
        cmp     x3, x4
        b.eq    1f
        adr     x0, badkernel
1:      bl      print
        adr     x5, istart
        bl      property
        cbz     x0, done
        mov     x20, x0
        adr     x5, iend
        bl      property
        cbz     x0, lost
        bl      value
        mov     x21, x0
        mov     x0, x20
        bl      value
        mov     x1, x0
        sub     x2, x21, x0
        lsr     x2, x2, #3
        bl      add
        ldr     x4, isum
        adr     x0, initrd
        cmp     x3, x4
        b.eq    say
        adr     x0, badinitrd
        b       say
lost:   adr     x0, lostpart
        b       say
done:   adr     x0, noinitrd
say:    bl      print
        adr     x0, newline
        bl      print
        address w0, 0x84000008          // PSCI SYSTEM_OFF
        hvc     #0
halt:   wfi
        b       halt

// x1: address, x2: count. Gives the sum in x3.
add:    mov     x3, #0
more:   cbz     x2, added
        ldr     x6, [x1], #8
        add     x3, x3, x6
        sub     x2, x2, #1
        b       more
added:  ret

// x0: a cell of 4 or 8 bytes, w8 its length. Gives the number in x0.
value:  mov     x9, x0
        cmp     w8, #8
        b.eq    wide
        ldr     w0, [x9]
        rev     w0, w0
        ret
wide:   ldp     w0, w1, [x9]
        rev     w0, w0
        rev     w1, w1
        orr     x0, x1, x0, lsl #32
        ret

// x5: a name. Gives in x0 the value of the first property of that name, its length in w8; or 0.
property:
        mov     x14, x5
        ldp     w1, w2, [x19, #8]
        rev     w1, w1
        rev     w2, w2
        add     x1, x19, x1
        add     x2, x19, x2
token:  ldr     w3, [x1], #4
        rev     w3, w3
        cmp     w3, #1
        b.eq    node
        cmp     w3, #3
        b.eq    prop
        cmp     w3, #9
        b.ne    token
        mov     x0, #0
        ret
node:   ldrb    w3, [x1], #1
        cbnz    w3, node
        b       align
prop:   ldp     w3, w4, [x1], #8
        rev     w3, w3
        rev     w4, w4
        mov     x0, x1
        mov     w8, w3
        add     x1, x1, x3
        add     x4, x2, x4
        mov     x5, x14
same:   ldrb    w6, [x4], #1
        ldrb    w7, [x5], #1
        cmp     w6, w7
        b.ne    align
        cbnz    w6, same
        ret
align:  add     x1, x1, #3
        and     x1, x1, #~3
        b       token

print:  mov     x9, x30
        address x2, 0x09000000          // PL011
next:   ldrb    w1, [x0], #1
        cbz     w1, printed
busy:   ldr     w4, [x2, #0x18]
        tbnz    w4, #5, busy
        str     w1, [x2]
        b       next
printed:
        ret     x9

notree: .asciz  "no tree"
intact: .asciz  "intact: "
kernel: .asciz  "kernel "
badkernel:
        .asciz  "bad kernel "
initrd: .asciz  "initrd"
badinitrd:
        .asciz  "bad initrd"
noinitrd:
        .asciz  "alone"
lostpart:
        .asciz  "lost"
newline:
        .ascii  "\r\n"
istart: .asciz  "linux,initrd-start"
iend:   .asciz  "linux,initrd-end"
        .balign 8
end:

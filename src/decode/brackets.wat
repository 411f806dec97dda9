;; Finds the brackets of JSON, 64 bytes at a time. https://webassembly.github.io/spec/core/text/ says how to read this.
;; brackets.ts drives it; `npm run build:wasm` turns it into brackets-binary.ts.
;;
;; Memory: events are written from its beginning, four bytes each: twice the offset in the window, plus one for a closing bracket.
;; The document, or a window of it, stands behind them; up to 63 bytes after its end are looked at as well.
(module
  (import "document" "memory" (memory 1 65536 shared))
  ;; What goes on from one window to the next: open brackets, all bits set inside a string, one after an odd number of backslashes.
  (global $depth (export "depth") (mut i32) (i32.const 0))
  (global $in_string (mut i64) (i64.const 0))
  (global $escaped (mut i64) (i64.const 0))
  ;; One as soon as a backslash escaped a u or a slash.
  (global $escapes (export "escapes") (mut i32) (i32.const 0))

  (func (export "begin")
    (global.set $depth (i32.const 0))
    (global.set $in_string (i64.const 0))
    (global.set $escaped (i64.const 0))
    (global.set $escapes (i32.const 0)))

  ;; One bit for each of four vectors' bytes that equals $byte.
  (func $equal (param $a v128) (param $b v128) (param $c v128) (param $d v128) (param $byte v128) (result i64)
    (i64.or
      (i64.or
        (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $a) (local.get $byte))))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $b) (local.get $byte)))) (i64.const 16)))
      (i64.or
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $c) (local.get $byte)))) (i64.const 32))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $d) (local.get $byte)))) (i64.const 48)))))

  ;; The bytes that a backslash escapes: every second one of a run of backslashes, and what follows a run of odd length.
  ;; Subtracting a run's start from the odd bits carries to its end, so that no run is walked through.
  (func $escape (param $backslashes i64) (result i64)
    (local $starts i64)
    (local $codes i64)
    (local $before i64)
    (local.set $before (global.get $escaped))
    (local.set $starts (i64.and (local.get $backslashes) (i64.xor (local.get $before) (i64.const -1))))
    (local.set $codes
      (i64.xor
        (i64.sub
          (i64.or (i64.shl (local.get $starts) (i64.const 1)) (i64.const 0xaaaaaaaaaaaaaaaa))
          (local.get $starts))
        (i64.const 0xaaaaaaaaaaaaaaaa)))
    (global.set $escaped (i64.shr_u (i64.and (local.get $codes) (local.get $backslashes)) (i64.const 63)))
    (i64.xor (local.get $codes) (i64.or (local.get $backslashes) (local.get $before))))

  ;; Each bit becomes the parity of the bits up to it: from quotes to the bytes inside strings.
  (func $parity (param $bits i64) (result i64)
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 1))))
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 2))))
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 4))))
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 8))))
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 16))))
    (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 32))))

  ;; Reads the $length bytes at $start, 65536 at most. Writes an event for every bracket at most $levels deep and returns how many there are.
  ;; Stops behind the bracket that closes the first one: $depth is 0 then.
  (func (export "scan") (param $start i32) (param $length i32) (param $levels i32) (result i32)
    (local $at i32)
    (local $end i32)
    (local $event i32)
    (local $depth i32)
    (local $shallowest i32)
    (local $a v128)
    (local $b v128)
    (local $c v128)
    (local $d v128)
    (local $backslash v128)
    (local $quotes i64)
    (local $escaped i64)
    (local $outside i64)
    (local $opening i64)
    (local $closing i64)
    (local $brackets i64)
    (local $lowest i64)
    (local.set $at (local.get $start))
    (local.set $end (i32.add (local.get $start) (local.get $length)))
    (local.set $depth (global.get $depth))
    (local.set $backslash (i8x16.splat (i32.const 0x5c)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $a (v128.load (local.get $at)))
        (local.set $b (v128.load offset=16 (local.get $at)))
        (local.set $c (v128.load offset=32 (local.get $at)))
        (local.set $d (v128.load offset=48 (local.get $at)))
        (local.set $quotes
          (call $equal (local.get $a) (local.get $b) (local.get $c) (local.get $d) (i8x16.splat (i32.const 0x22))))
        (if
          (i32.or
            (v128.any_true
              (v128.or
                (v128.or
                  (i8x16.eq (local.get $a) (local.get $backslash)) (i8x16.eq (local.get $b) (local.get $backslash)))
                (v128.or
                  (i8x16.eq (local.get $c) (local.get $backslash)) (i8x16.eq (local.get $d) (local.get $backslash)))))
            (i32.wrap_i64 (global.get $escaped)))
          (then
            (local.set $escaped
              (call $escape
                (call $equal (local.get $a) (local.get $b) (local.get $c) (local.get $d) (local.get $backslash))))
            (if
              (i64.ne
                (i64.and
                  (local.get $escaped)
                  (i64.or
                    (call $equal
                      (local.get $a) (local.get $b) (local.get $c) (local.get $d) (i8x16.splat (i32.const 0x75)))
                    (call $equal
                      (local.get $a) (local.get $b) (local.get $c) (local.get $d) (i8x16.splat (i32.const 0x2f)))))
                (i64.const 0))
              (then (global.set $escapes (i32.const 1))))
            (local.set $quotes (i64.and (local.get $quotes) (i64.xor (local.get $escaped) (i64.const -1))))))
        (local.set $outside (i64.xor (call $parity (local.get $quotes)) (global.get $in_string)))
        (global.set $in_string (i64.shr_s (local.get $outside) (i64.const 63)))
        (local.set $outside (i64.xor (local.get $outside) (i64.const -1)))
        ;; Bit 0x20 is all that square brackets and braces differ in.
        (local.set $a (v128.or (local.get $a) (i8x16.splat (i32.const 0x20))))
        (local.set $b (v128.or (local.get $b) (i8x16.splat (i32.const 0x20))))
        (local.set $c (v128.or (local.get $c) (i8x16.splat (i32.const 0x20))))
        (local.set $d (v128.or (local.get $d) (i8x16.splat (i32.const 0x20))))
        (local.set $opening
          (i64.and
            (local.get $outside)
            (call $equal (local.get $a) (local.get $b) (local.get $c) (local.get $d) (i8x16.splat (i32.const 0x7b)))))
        (local.set $closing
          (i64.and
            (local.get $outside)
            (call $equal (local.get $a) (local.get $b) (local.get $c) (local.get $d) (i8x16.splat (i32.const 0x7d)))))
        (local.set $shallowest (i32.sub (local.get $depth) (i32.wrap_i64 (i64.popcnt (local.get $closing)))))
        (if (i32.gt_s (local.get $shallowest) (local.get $levels))
          (then
            (local.set $depth
              (i32.add (local.get $shallowest) (i32.wrap_i64 (i64.popcnt (local.get $opening))))))
          (else
            (local.set $brackets (i64.or (local.get $opening) (local.get $closing)))
            (block $block_done
              (loop $bracket
                (br_if $block_done (i64.eqz (local.get $brackets)))
                (local.set $lowest
                  (i64.and (local.get $brackets) (i64.sub (i64.const 0) (local.get $brackets))))
                (if (i64.eqz (i64.and (local.get $opening) (local.get $lowest)))
                  (then
                    (if (i32.le_s (local.get $depth) (local.get $levels))
                      (then
                        (i32.store
                          (local.get $event)
                          (i32.add
                            (i32.shl
                              (i32.add
                                (i32.sub (local.get $at) (local.get $start))
                                (i32.wrap_i64 (i64.ctz (local.get $brackets))))
                              (i32.const 1))
                            (i32.const 1)))
                        (local.set $event (i32.add (local.get $event) (i32.const 4)))))
                    (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))
                    (br_if $done (i32.eqz (local.get $depth))))
                  (else
                    (local.set $depth (i32.add (local.get $depth) (i32.const 1)))
                    (if (i32.le_s (local.get $depth) (local.get $levels))
                      (then
                        (i32.store
                          (local.get $event)
                          (i32.shl
                            (i32.add
                              (i32.sub (local.get $at) (local.get $start))
                              (i32.wrap_i64 (i64.ctz (local.get $brackets))))
                            (i32.const 1)))
                        (local.set $event (i32.add (local.get $event) (i32.const 4)))))))
                (local.set $brackets (i64.xor (local.get $brackets) (local.get $lowest)))
                (br $bracket)))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $next)))
    (global.set $depth (local.get $depth))
    (i32.shr_u (local.get $event) (i32.const 2))))

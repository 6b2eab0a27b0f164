package photo

import (
	"bytes"
	"encoding/binary"
)

// orientation is how a JPEG's camera was held, as its EXIF says (tag 0x0112 of
// the first directory), 1 where nothing is said. It is the one thing that is
// read of EXIF: without it, half of all photographs by phone would lie on their
// side once the rest is gone.
func orientation(b []byte) int {
	for b = bytes.TrimPrefix(b, []byte{0xff, 0xd8}); len(b) >= 4 && b[0] == 0xff && b[1] != 0xda; {
		size := int(binary.BigEndian.Uint16(b[2:]))
		if size < 2 || len(b) < 2+size {
			return 1
		}
		if body, ok := bytes.CutPrefix(b[4:2+size], []byte("Exif\x00\x00")); ok && b[1] == 0xe1 {
			return tiffOrientation(body)
		}
		b = b[2+size:]
	}
	return 1
}

func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(b, []byte("II")) {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(b[4:]))
	if at < 8 || at > len(b)-2 {
		return 1
	}
	for n, at := int(order.Uint16(b[at:])), at+2; n > 0 && at+12 <= len(b); n, at = n-1, at+12 {
		if order.Uint16(b[at:]) == 0x0112 {
			return int(order.Uint16(b[at+8:]))
		}
	}
	return 1
}

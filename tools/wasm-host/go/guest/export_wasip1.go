package guest

import "unsafe"

// pinned holds every buffer the host has a pointer to, so that the garbage collector leaves it alone.
var pinned = map[uint32][]byte{}

func pin(buffer []byte) uint32 {
	if len(buffer) == 0 {
		buffer = make([]byte, 1)
	}
	pointer := uint32(uintptr(unsafe.Pointer(unsafe.SliceData(buffer))))
	pinned[pointer] = buffer
	return pointer
}

//go:wasmexport guest_alloc
func guestAlloc(size uint32) uint32 { return pin(make([]byte, size)) }

//go:wasmexport guest_free
func guestFree(pointer uint32) { delete(pinned, pointer) }

//go:wasmexport guest_call
func guestCall(pointer, size uint32) uint64 {
	frame := pinned[pointer]
	if uint64(size) > uint64(len(frame)) {
		frame = nil
	} else {
		frame = frame[:size]
	}
	reply := Call(frame)
	return uint64(pin(reply))<<32 | uint64(uint32(len(reply)))
}

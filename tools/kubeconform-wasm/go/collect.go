package main

import (
	"runtime"
	"runtime/debug"
)

const (
	// garbage is how much is left lying, in bytes.
	garbage = 24 << 20
	// ceiling is where Go collects all the same: one request may leave more.
	ceiling = 512 << 20
)

// live is what was in use after the last collection.
var live uint64

func init() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(ceiling)
}

// collect frees memory when enough has been left lying. A guest has one thread: Go's collector would run in steps between
// allocations, and make each of them slower, for most of a request. At once it costs a quarter less.
func collect() {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	if memory.HeapAlloc < live+garbage {
		return
	}
	runtime.GC()
	runtime.ReadMemStats(&memory)
	live = memory.HeapAlloc
}

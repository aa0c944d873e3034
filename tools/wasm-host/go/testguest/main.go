// A guest that misbehaves in every way the host must withstand. It is only used in tests.
package main

import (
	"fmt"
	"os"
	"time"

	"fluxwright.dev/wasm-host/guest"
)

var kept [][]byte

func init() {
	guest.Describe("test", "1.0.0")
	guest.Register("echo", func(request guest.Request) (guest.Reply, error) {
		return guest.Reply{Output: request.Input, Parts: request.Parts}, nil
	})
	guest.Register("refuse", func(guest.Request) (guest.Reply, error) {
		return guest.Reply{}, guest.InputError("no", map[string]int{"line": 3})
	})
	guest.Register("fail", func(guest.Request) (guest.Reply, error) { return guest.Reply{}, fmt.Errorf("plain") })
	guest.Register("panic", func(guest.Request) (guest.Reply, error) { panic("at the wrong moment") })
	guest.Register("panic-elsewhere", func(guest.Request) (guest.Reply, error) {
		go func() { panic("in a goroutine") }()
		time.Sleep(time.Minute)
		return guest.Reply{}, nil
	})
	guest.Register("exit", func(guest.Request) (guest.Reply, error) {
		fmt.Fprintln(os.Stderr, "leaving")
		os.Exit(3)
		return guest.Reply{}, nil
	})
	guest.Register("loop", func(guest.Request) (guest.Reply, error) {
		for i := 0; ; i++ {
			if i < 0 {
				return guest.Reply{}, nil
			}
		}
	})
	guest.Register("recurse", func(guest.Request) (guest.Reply, error) { return guest.Reply{Output: recurse(1)}, nil })
	guest.Register("grow", func(request guest.Request) (guest.Reply, error) {
		var mebibytes int
		if err := request.Decode(&mebibytes); err != nil {
			return guest.Reply{}, err
		}
		for range mebibytes {
			block := make([]byte, 1<<20)
			for i := range block {
				block[i] = 1
			}
			kept = append(kept, block)
		}
		return guest.Reply{}, nil
	})
	guest.Register("large-reply", func(request guest.Request) (guest.Reply, error) {
		var size int
		if err := request.Decode(&size); err != nil {
			return guest.Reply{}, err
		}
		return guest.Reply{Parts: [][]byte{make([]byte, size)}}, nil
	})
	guest.Register("look-around", func(guest.Request) (guest.Reply, error) {
		entries, err := os.ReadDir("/")
		seen := []string{}
		for _, entry := range entries {
			seen = append(seen, entry.Name())
		}
		input := make([]byte, 1)
		count, _ := os.Stdin.Read(input)
		return guest.Reply{Output: map[string]any{
			"arguments": os.Args, "environment": os.Environ(), "root": seen, "rootFails": err != nil, "stdin": count,
		}}, nil
	})
	guest.Register("bad-reply", func(guest.Request) (guest.Reply, error) {
		return guest.Reply{Output: func() {}}, nil
	})
}

func recurse(depth int) int { return recurse(depth+1) + 1 }

func main() {}

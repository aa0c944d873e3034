package guest

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func init() {
	Describe("unit", "0.0.1")
	Register("reverse", func(request Request) (Reply, error) {
		parts := [][]byte{}
		for i := len(request.Parts) - 1; i >= 0; i-- {
			parts = append(parts, request.Parts[i])
		}
		return Reply{Output: request.Input, Parts: parts}, nil
	})
	Register("panics", func(Request) (Reply, error) { panic("boom") })
	Register("fails", func(Request) (Reply, error) { return Reply{}, errors.New("plain") })
	Register("refuses", func(Request) (Reply, error) { return Reply{}, InputError("bad line", 7) })
	Register("cannot", func(Request) (Reply, error) { return Reply{Output: make(chan int)}, nil })
}

func frameOf(header string, parts ...string) []byte {
	frame := binary.LittleEndian.AppendUint32(nil, uint32(len(header)))
	return append(append(frame, header...), strings.Join(parts, "")...)
}

func TestCall(t *testing.T) {
	cases := map[string]struct{ frame, header, body string }{
		"echoes input and parts":      {string(frameOf(`{"op":"reverse","input":{"a":1},"parts":[2,0,1]}`, "ab", "", "c")), `{"ok":true,"output":{"a":1},"parts":[1,0,2]}`, "cab"},
		"a panic is an error":         {string(frameOf(`{"op":"panics"}`)), `"kind":"panic","message":"boom"`, ""},
		"an error is an input error":  {string(frameOf(`{"op":"fails"}`)), `{"ok":false,"error":{"kind":"input","message":"plain"}}`, ""},
		"details are kept":            {string(frameOf(`{"op":"refuses"}`)), `"message":"bad line","details":7`, ""},
		"an unknown operation":        {string(frameOf(`{"op":"x"}`)), `"kind":"protocol","message":"unknown operation \"x\""`, ""},
		"an output that JSON lacks":   {string(frameOf(`{"op":"cannot"}`)), `"kind":"protocol","message":"the reply cannot be encoded`, ""},
		"no frame":                    {"", `"kind":"protocol","message":"the frame cannot be read"`, ""},
		"a header that is cut short":  {"\x09\x00\x00\x00{}", `"kind":"protocol"`, ""},
		"a header that is not JSON":   {string(frameOf(`{"op"`)), `"kind":"protocol"`, ""},
		"parts beyond the end":        {string(frameOf(`{"op":"reverse","parts":[3]}`, "ab")), `"kind":"protocol"`, ""},
		"bytes after the parts":       {string(frameOf(`{"op":"reverse","parts":[1]}`, "ab")), `"kind":"protocol"`, ""},
		"a part of negative length":   {string(frameOf(`{"op":"reverse","parts":[-1]}`)), `"kind":"protocol"`, ""},
		"the largest header length":   {"\xff\xff\xff\xff{}", `"kind":"protocol"`, ""},
		"the handshake names itself":  {string(frameOf(`{"op":"hello"}`)), `"name":"unit"`, ""},
		"the handshake has a version": {string(frameOf(`{"op":"hello"}`)), `"protocol":1`, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			reply := Call([]byte(c.frame))
			size := binary.LittleEndian.Uint32(reply)
			header, body := reply[4:4+size], reply[4+size:]
			if !json.Valid(header) || !strings.Contains(string(header), c.header) || string(body) != c.body {
				t.Errorf("header %s, body %q", header, body)
			}
		})
	}
}

func TestRegisterTwice(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	Register("hello", hello)
}

// Package guest is the guest side of the wire between a WebAssembly engine and its host (PROTOCOL.md).
//
// A guest calls Describe and Register from init and has an empty main:
//
//	func init() {
//		guest.Describe("kubeconform", "0.8.0")
//		guest.Register("validate", validate)
//	}
package guest

import (
	"encoding/binary"
	"encoding/json"
	"errors"
)

type requestHeader struct {
	Op    string          `json:"op"`
	Input json.RawMessage `json:"input"`
	Parts []int           `json:"parts"`
}

type replyHeader struct {
	Ok     bool   `json:"ok"`
	Output any    `json:"output,omitempty"`
	Parts  []int  `json:"parts,omitempty"`
	Error  *Error `json:"error,omitempty"`
}

var errFrame = errors.New("the frame cannot be read")

// decodeFrame reads a request; the parts are views into frame.
func decodeFrame(frame []byte) (requestHeader, [][]byte, error) {
	var header requestHeader
	if len(frame) < 4 {
		return header, nil, errFrame
	}
	size := uint64(binary.LittleEndian.Uint32(frame))
	if 4+size > uint64(len(frame)) {
		return header, nil, errFrame
	}
	if err := json.Unmarshal(frame[4:4+size], &header); err != nil {
		return header, nil, errFrame
	}
	body := frame[4+size:]
	parts := make([][]byte, len(header.Parts))
	for i, length := range header.Parts {
		if length < 0 || length > len(body) {
			return header, nil, errFrame
		}
		parts[i], body = body[:length:length], body[length:]
	}
	if len(body) != 0 {
		return header, nil, errFrame
	}
	return header, parts, nil
}

func encodeFrame(header replyHeader, parts [][]byte) ([]byte, error) {
	body := 0
	for _, part := range parts {
		header.Parts = append(header.Parts, len(part))
		body += len(part)
	}
	text, err := json.Marshal(header)
	if err != nil {
		return nil, err
	}
	frame := make([]byte, 4, 4+len(text)+body)
	binary.LittleEndian.PutUint32(frame, uint32(len(text)))
	frame = append(frame, text...)
	for _, part := range parts {
		frame = append(frame, part...)
	}
	return frame, nil
}

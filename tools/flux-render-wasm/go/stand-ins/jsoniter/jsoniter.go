// Package jsoniter stands in for github.com/json-iterator/go, which
// structured-merge-diff uses for managed fields only: an offline renderer has none.
package jsoniter

import (
	"encoding/json"
	"errors"
	"io"
)

var errUnused = errors.New("managed fields are not read here")

type config struct{}

// ConfigCompatibleWithStandardLibrary is the one configuration.
var ConfigCompatibleWithStandardLibrary config

// ValueType is the kind of the next value.
type ValueType int

// Iterator reads nothing.
type Iterator struct{ Error error }

// NewIterator makes an iterator without input.
func NewIterator(config) *Iterator { return &Iterator{} }

// Read fails.
func (i *Iterator) Read() any { i.Error = errUnused; return nil }

// WhatIsNext knows no kind.
func (i *Iterator) WhatIsNext() ValueType { return 0 }

// ReportError keeps a failure.
func (i *Iterator) ReportError(operation, message string) {
	i.Error = errors.New(operation + ": " + message)
}

// Pool lends iterators.
func (i *Iterator) Pool() IteratorPool { return IteratorPool{} }

// IteratorPool lends iterators.
type IteratorPool struct{}

// BorrowIterator gives an iterator that reads nothing.
func (IteratorPool) BorrowIterator([]byte) *Iterator { return &Iterator{} }

// ReturnIterator does nothing.
func (IteratorPool) ReturnIterator(*Iterator) {}

// Stream writes JSON.
type Stream struct {
	out    io.Writer
	buffer []byte
	err    error
}

// NewStream makes a stream onto out.
func NewStream(_ config, out io.Writer, _ int) *Stream { return &Stream{out: out} }

// WriteVal appends a value.
func (s *Stream) WriteVal(value any) {
	var encoded []byte
	encoded, s.err = json.Marshal(value)
	s.buffer = append(s.buffer, encoded...)
}

// Buffer gives what was written.
func (s *Stream) Buffer() []byte { return s.buffer }

// SetBuffer replaces what was written.
func (s *Stream) SetBuffer(buffer []byte) { s.buffer = buffer }

// Flush writes the buffer out.
func (s *Stream) Flush() error {
	if s.err != nil {
		return s.err
	}
	_, err := s.out.Write(s.buffer)
	return err
}

// Pool lends streams.
func (s *Stream) Pool() StreamPool { return StreamPool{} }

// StreamPool lends streams.
type StreamPool struct{}

// BorrowStream gives a stream onto out.
func (StreamPool) BorrowStream(out io.Writer) *Stream { return &Stream{out: out} }

// ReturnStream does nothing.
func (StreamPool) ReturnStream(*Stream) {}

package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/tuzetu/tuzetu/internal/ooxml"
	"github.com/tuzetu/tuzetu/law"
)

// readUpload reads a file that was sent to the web application. A .docx is read
// with its tracked changes accepted.
func readUpload(name string, raw []byte) ([]law.Line, error) {
	switch ending := strings.ToLower(filepath.Ext(name)); ending {
	case ".txt", ".md", ".docx", ".html":
	default:
		return nil, fmt.Errorf("a file %q is not read", ending)
	}
	f, err := parseFile(filepath.Base(name), raw, ooxml.Accept)
	return f.lines, err
}

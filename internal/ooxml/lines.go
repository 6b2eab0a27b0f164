package ooxml

import (
	"bytes"

	"github.com/tuzetu/tuzetu/law"
)

// ReadLines reads a whole .docx as the lines of a law: the first paragraph is
// the title where it is set in the style «Title»; From and To of a line count
// paragraphs from 1, the title among them. warnings, in English, say what was
// left out and how tracked changes were read.
func ReadLines(file []byte, c Changes) (lines []law.Line, title string, warnings []string, err error) {
	paragraphs, report, err := ReadParagraphs(bytes.NewReader(file), int64(len(file)), ReadOptions{Changes: c})
	if err != nil {
		return nil, "", nil, err
	}
	lines = Lines(paragraphs)
	if len(lines) > 0 && lines[0].Mark == law.Title {
		title, lines = lines[0].Text, lines[1:]
	}
	if len(lines) == 0 && title == "" {
		return nil, "", nil, law.ErrEmpty
	}
	return lines, title, report.Warnings(c), nil
}

// Lines turns paragraphs into lines of a law. Only the first can be a
// law.Title; a paragraph of blanks that law.Squeeze knows and Unicode does not
// is left out.
func Lines(paragraphs []Paragraph) []law.Line {
	lines := make([]law.Line, 0, len(paragraphs))
	for i, p := range paragraphs {
		text := law.Squeeze(p.Text)
		if text == "" {
			continue
		}
		l := law.Line{Text: text, From: i + 1, To: i + 1}
		switch {
		case p.Row != nil:
			l.Mark = law.TableMark
		case p.Title && len(lines) == 0:
			l.Mark = law.Title
		case p.Level > 0 || p.Title:
			l.Mark = law.Heading
		case p.Bold:
			l.Mark = law.Bold
		}
		lines = append(lines, l)
	}
	return lines
}

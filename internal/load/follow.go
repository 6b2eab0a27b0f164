package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
)

// follow watches the count of the campaign as its page does, until ctx is done.
func (c *crowd) follow(ctx context.Context, number func(int64)) error {
	conn, err := net.Dial("tcp", c.at)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer func() {
		if stop() {
			conn.Close()
		}
	}()
	if _, err := fmt.Fprintf(conn, "GET /ru/campaigns/%s/live HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n", slug, c.at); err != nil {
		return err
	}
	r := bufio.NewReaderSize(conn, 1<<10)
	res, err := http.ReadResponse(r, nil)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the stream answers %d", res.StatusCode)
	}
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(make([]byte, 512), 4<<10)
	for lines.Scan() {
		_, rest, found := strings.Cut(lines.Text(), `"n":"`)
		text, _, _ := strings.Cut(rest, `"`)
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, text)
		if n, err := strconv.ParseInt(digits, 10, 64); found && err == nil {
			number(n)
		}
	}
	return fmt.Errorf("the stream ended: %v", lines.Err())
}

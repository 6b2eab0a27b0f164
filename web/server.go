package web

import (
	"net/http"
	"time"
)

// NewServer is the HTTP server the application is meant to run in: who sends a
// request slowly, or reads an answer slowly, is cut off.
func NewServer(app http.Handler) *http.Server {
	return &http.Server{
		Handler:           app,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
}

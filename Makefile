# run    the demo: a sample act, fetched, compared and served on 127.0.0.1
# check  everything the README promises
# load   cached pages a second over loopback, 2,000 of a comparison on two cores at least
# bench  the figures of docs/, on one processor; real laws from $(SHARED)
SHARED ?= ../shared
PAIRS  = $(SHARED)/lawdata/diff-pairs
MEDIA  = $(SHARED)/lawdata/mass-media-law
BIN    = data/bin
TIME   = GOMAXPROCS=1 $(BIN)/measure

.PHONY: run check load bench
run:
	go run ./cmd/tuzetu demo

check:
	./check

load:
	go test -run '^$$' -bench '^BenchmarkLoad$$' -benchtime 3s ./web

bench:
	GOMAXPROCS=1 go test -run '^$$' -bench . -benchmem ./law ./diffing ./web/... ./internal/store
	go build -o $(BIN)/ ./cmd/tuzetu ./internal/measure
	@if [ ! -d $(PAIRS) ]; then echo "$(SHARED) absent: commands on real laws not measured"; exit 0; fi; \
	$(TIME) -name "outline, 1.3 MB" $(BIN)/tuzetu outline $(PAIRS)/code-ru-draft.old.txt && \
	$(TIME) -name "diff, two editions of the mass-media law" $(BIN)/tuzetu diff $(MEDIA)/2025-01-01.ru.md $(MEDIA)/2026-03-02.ru.md && \
	$(TIME) -name "diff, 1.3 MB" $(BIN)/tuzetu diff $(PAIRS)/code-ru-draft.old.txt $(PAIRS)/code-ru-draft.new.txt

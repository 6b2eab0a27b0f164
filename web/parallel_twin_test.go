package web_test

import (
	"encoding/json"
	"net/http"
	"testing"
)

// A comparison in two languages has a twin for programs with the rows of the
// page, and the picture of its first language.
func TestParallelComparisonTwin(t *testing.T) {
	s := sampled(t)
	w := s.get("/ru" + sampleCompare + "/ru+kk.json")
	var got struct {
		Act      string
		From, To map[string]string
		Changes  []struct {
			ID      string
			Changes map[string]*struct {
				Pairs []struct {
					Kind     string
					From, To []struct{ Address, Text string }
				}
			}
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d, %v: %.200s", w.Code, err, w.Body)
	}
	if got.From["ru"] != "2025-03-01" || got.From["kk"] != "2025-03-01" || got.To["kk"] != "2026-02-01" {
		t.Errorf("from %v to %v", got.From, got.To)
	}
	doc := s.page("/ru" + sampleCompare + "/ru+kk")
	if n := doc.Find("article.chg").Length(); n == 0 || n != len(got.Changes) {
		t.Fatalf("%d changes in the twin, %d on the page", len(got.Changes), n)
	}
	for _, c := range got.Changes {
		if doc.Find(`[id="`+c.ID+`"]`).Length() != 1 || len(c.Changes) != 2 {
			t.Errorf("%s: %d languages, or it is not on the page", c.ID, len(c.Changes))
		}
		if c.ID == "c-art_4__para_2" {
			ru, kk := c.Changes["ru"], c.Changes["kk"]
			if ru == nil || kk == nil || ru.Pairs[0].From[0].Text == ru.Pairs[0].To[0].Text || kk.Pairs[0].To[0].Address != "art_4__para_2" {
				t.Errorf("%+v, %+v", ru, kk)
			}
		}
	}
	if href := doc.Find(`link[type="application/json"]`).AttrOr("href", ""); href != origin+"/ru"+sampleCompare+"/ru+kk.json" {
		t.Errorf("the page names %q", href)
	}
	if doc.Find(`footer a[href^="https://adilet.example/"]`).Length() == 0 {
		t.Error("no source is named")
	}
}

// What has no picture of its own has that of its act or of its first language.
func TestPicturesOfOtherPages(t *testing.T) {
	s := sampled(t)
	for _, path := range []string{sampleSecond + "/ru+kk", sampleCompare + "/kk+ru", sampleAct + "/timeline/kk"} {
		doc := s.page("/kk" + path)
		image := doc.Find(`meta[property="og:image"]`).AttrOr("content", "")
		if image != origin+"/kk"+path+".png" {
			t.Errorf("%s: picture %q", path, image)
			continue
		}
		if w := s.get(image[len(origin):]); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" {
			t.Errorf("%s: %d %s", image, w.Code, w.Header().Get("Content-Type"))
		}
	}
	if w := s.get("/kk" + sampleSecond + "/ru+xx.png"); w.Code != http.StatusNotFound {
		t.Errorf("a language that is none: %d", w.Code)
	}
}

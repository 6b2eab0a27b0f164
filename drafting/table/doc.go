// Package table makes the comparative table (сравнительная таблица, салыстырма
// кесте) of two texts of a law in the two forms that Kazakhstan's lawmaking
// knows: that of the Government, which goes with a bill, and that of a
// committee of Parliament, which gathers what deputies ask of one.
//
// Titles, columns and set phrases stand in data/*.json, where a lawyer corrects
// them. The room decides which rows there are and what stands in their cells; it
// never shortens what changed, and marks whatever of the law it leaves out with
// an ellipsis. It reads no files and knows no database.
package table

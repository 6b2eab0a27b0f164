package law

// Address names a provision within one edition, in the manner of an Akoma
// Ntoso eId: "art_22__para_6__part_2__subpara_1".
//
//   - An article's address holds no chapter: "art_22", "art_14-1".
//   - What follows part one hangs on the article or paragraph itself; only parts
//     from the second on are named: "art_1__subpara_3",
//     "art_22__para_6__subpara_1", "art_22__para_6__part_2__subpara_1".
//   - Unnumbered units are ordinals: "art_10__part_1" is the first unnumbered
//     line of an article without paragraphs, "art_45__para_2__indent_2" the
//     first line after the paragraph's own, which is indent 1.
//   - A second unit with the same address gets "~2", "~3" in document order.
type Address string

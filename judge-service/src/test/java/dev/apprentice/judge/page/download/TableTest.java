package dev.apprentice.judge.page.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.ResponseBuilder;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.responses.ScoredResponse;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final String AWKWARD = "a \"word\", | a bar\nand <b>a line</b>";

    private final List<ScoredResponse> exam = List.of(
            scored(0, AWKWARD, Samples.scored("llama3", 85), Samples.unreadable("phi3", "Well, it depends.")),
            scored(1, "plain", Samples.scored("llama3", 10)));

    @Test
    void aCsvReaderReadsBackWhatWasWritten() throws Exception {
        try (CSVParser parsed = CSVParser.parse(
                ResponseTable.of(exam).csv(), CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
            var rows = parsed.getRecords();
            assertThat(rows).hasSize(2);
            assertThat(rows.get(0).get("response")).isEqualTo(AWKWARD);
            assertThat(rows.get(0).get("judge:llama3")).isEqualTo("85.0");
            assertThat(rows.get(0).get("judge:phi3")).isEmpty();
            assertThat(rows.get(0).get("judge:phi3:reason")).isEqualTo("Well, it depends.");
            assertThat(rows.get(1).get("token_f1")).isEqualTo("0.5");
        }
    }

    @Test
    void tellsTheCategoryOfAnExampleThatHasOne() throws Exception {
        ScoredResponse known = new ScoredResponse(
                ResponseBuilder.builder(exam.get(0).response()).category("instructed").build(), exam.get(0).score());
        try (CSVParser parsed = CSVParser.parse(ResponseTable.of(List.of(known, exam.get(1))).csv(),
                CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
            assertThat(parsed.getRecords()).extracting(row -> row.get("category")).containsExactly("instructed", "");
        }
    }

    @Test
    void noTextIsTakenForAFormulaBySpreadsheets() {
        for (String formula : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠SUM(A1)")) {
            assertThat(new Table(List.of("text", "number"), List.of(List.of(formula, -1.5))).csv())
                    .contains("'" + formula)
                    .contains(",-1.5");
        }
        assertThat(new Table(List.of("=a"), List.of(List.of("1=1"))).csv()).isEqualTo("'=a\r\n1=1\r\n");
    }

    @Test
    void aMarkdownTableHasOneLineARowWhateverTheTextsHold() {
        assertThat(ResponseTable.of(exam).markdown().lines()).hasSize(4).allMatch(line -> line.startsWith("| "));
        assertThat(ResponseTable.of(exam).markdown()).contains("\\| a bar<br>and &lt;b>a line&lt;/b>");
    }

    @Test
    void theTextbooksEntriesHaveItsFourFieldsAndEachJudgesScore() {
        TextbookScores.Entry first = TextbookScores.of(exam).get(0);

        assertThat(first.modelResponse()).isEqualTo(AWKWARD);
        assertThat(first.scores()).containsEntry("llama3", 85.0).containsEntry("phi3", null);
    }

    private static ScoredResponse scored(int index, String response, Score.Verdict... verdicts) {
        return new ScoredResponse(
                Samples.response("a-run", 5, index, 2, "reference", response),
                Optional.of(Samples.judged("a-run", 5, index, 2, verdicts)));
    }
}

package dev.apprentice.dataset.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.dataset.inspection.Inspection.Place;
import dev.apprentice.dataset.inspection.Inspection.Problem;
import org.junit.jupiter.api.Test;

class EntryProblemsTest {

    private final EntryProblems problems = new EntryProblems();

    @Test
    void whatDiffersInNumbersAloneIsOneProblemInTheWordsOfItsFirstEntry() {
        note("has the answer '9', which is none of 1, 2", 3);
        note("is blank", 4);
        note("is 1,234 bytes long; the limit is 1,000", 5);
        note("is 20,000.5 bytes long; the limit is 1,000", 6);
        note("is 1,234 bytes long; the limit is 1,000", 7);
        assertThat(problems.mostFirst()).extracting(Problem::count).containsExactly(3, 1, 1);
        assertThat(problems.mostFirst()).extracting(Problem::what).containsExactly(
                "is 1,234 bytes long; the limit is 1,000 (the first of them)", "has the answer '9', which is none of 1, 2", "is blank");
        assertThat(problems.mostFirst().get(0).places()).extracting(Place::entry).containsExactly(5, 6, 7);
    }

    @Test
    void manyKindsOfProblemsAreCountedTogether() {
        for (int i = 0; i < 1_000; i++) {
            note("has the answer '" + "x".repeat(i) + "'", i);
        }
        assertThat(problems.mostFirst()).hasSize(101);
        assertThat(problems.mostFirst().get(0)).isEqualTo(new Problem("has another problem", 900, problems.mostFirst().get(0).places()));
        assertThat(problems.mostFirst().stream().mapToInt(Problem::count).sum()).isEqualTo(1_000);
    }

    private void note(String what, int entry) {
        problems.note(what, new Place("", entry, 0, ""));
    }
}

package dev.apprentice.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Duplicates;
import dev.apprentice.contracts.run.DataSourceBuilder;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    @Test
    void duplicatesThatAreLeftOutAreCountedInWords() {
        assertThat(new Repeats(120, 60, 0, Optional.of(60), Optional.empty(), Optional.empty()).inWords()).isEqualTo(
                "60 of 120 examples are duplicates (instruction and input of an earlier one), 60 of them with its answer, too, which"
                        + " are left out");
        assertThat(new Repeats(61, 3, 0, Optional.of(2), Optional.empty(), Optional.empty()).inWords()).endsWith(
                ", 2 of them with its answer, too, which are left out; the others are in its split");
        assertThat(new Repeats(61, 3, 0).inWords()).isEqualTo(
                "3 of 61 examples are duplicates (instruction and input of an earlier one) and are in its split");
        assertThat(new Repeats(61, 0, 0, Optional.of(0), Optional.empty(), Optional.empty()).inWords()).isEmpty();
    }

    @Test
    void questionsOfATestFileWithAnotherAnswerAreCountedInWords() {
        assertThat(new Repeats(61, 3, 0, Optional.of(2), Optional.of(1), Optional.empty()).inWords()).isEqualTo(
                "3 of 61 examples are duplicates (instruction and input of an earlier one), 2 of them with its answer, too, which"
                        + " are left out; 1 give a question of the test or validation file another answer, and are left out of"
                        + " training");
        assertThat(new Repeats(61, 3, 0, Optional.of(1), Optional.of(1), Optional.empty()).inWords())
                .endsWith("are left out of training; the others are in its split");
    }

    @Test
    void heldOutExamplesThatAreNearlyTrainingExamplesAreNamedUpToFive() {
        Similar.Pair pair = new Similar.Pair("940", true, "12", 0.9375);
        Similar one = new Similar(0.8, 9, 1, 0, Collections.nCopies(1, pair));
        assertThat(new Repeats(61, 0, 0, Optional.of(0), Optional.empty(), Optional.of(one)).inWords()).isEqualTo(
                "1 test and 0 validation examples are nearly training examples (data.nearDuplicates 0.8): test '940' is like '12'"
                        + " (0.94)");
        Similar six = new Similar(0.8, 9, 4, 2, Collections.nCopies(6, pair));
        assertThat(six.inWords().split("is like", -1)).hasSize(6);
        assertThat(six.inWords()).endsWith(" (0.94) and others");
        assertThat(new Similar(0.8, 9, 0, 0, null).inWords()).isEmpty();
    }

    @Test
    void aShareThatNearDuplicatesCannotHaveIsRefused() {
        DataSource data = DataSourceBuilder.builder().dataset("d").build();
        assertThat(data.with(Duplicates.ONCE, 0).nearDuplicates()).contains(0.0);
        assertThatThrownBy(() -> data.with(Duplicates.ONCE, 0.3))
                .hasMessage("field 'data.nearDuplicates' is 0.3; it must be 0.5 to 1, or 0 to turn the search off");
    }
}

package dev.apprentice.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OrderedExamplesTest {

    private final List<Pairing> pairings = OrderedExamples.of(World.tasks(), DemoData.SEED);
    private final List<Pairing> training = pairings.subList(0, (int) (pairings.size() * 0.85));
    private final List<Pairing> heldOut = pairings.subList(training.size(), pairings.size());

    @Test
    void thereAreAtLeastAThousandExamples() {
        assertThat(pairings).hasSizeGreaterThanOrEqualTo(1_000);
    }

    @Test
    void noQuestionIsAskedTwice() {
        assertThat(pairings.stream().map(Pairing::example).map(example -> List.of(example.instruction(), example.input())))
                .doesNotHaveDuplicates();
    }

    @Test
    void testAndValidationHoldOnlyPairingsThatTrainingNeverSaw() {
        Set<Pairing> trained = new HashSet<>(training);

        assertThat(heldOut).hasSizeGreaterThan(100).noneMatch(trained::contains);
    }

    @Test
    void trainingSawEachFactThatIsTested() {
        Set<Fact> trained = training.stream().map(Pairing::fact).collect(Collectors.toSet());

        assertThat(heldOut).extracting(Pairing::fact).allMatch(trained::contains);
    }

    @Test
    void trainingSawEachPhrasingThatIsTested() {
        Set<Phrasing> trained = training.stream().map(Pairing::phrasing).collect(Collectors.toSet());

        assertThat(heldOut).extracting(Pairing::phrasing).allMatch(trained::contains);
    }

    @Test
    void trainingAsksEveryFactInMostWays() {
        Map<Fact, Long> waysOfAsking =
                training.stream().collect(Collectors.groupingBy(Pairing::fact, Collectors.counting()));

        assertThat(World.tasks()).allSatisfy(task -> assertThat(task.facts())
                .allSatisfy(fact -> assertThat(waysOfAsking.get(fact))
                        .isGreaterThanOrEqualTo(task.phrasings().size() * 3L / 4)));
    }

    @Test
    void noFactAndNoPhrasingBelongsToTwoTasks() {
        assertThat(World.tasks()).flatExtracting(Task::facts).doesNotHaveDuplicates();
        assertThat(World.tasks()).flatExtracting(Task::phrasings).doesNotHaveDuplicates();
    }

    @Test
    void anotherSeedOrdersTheSameExamplesDifferently() {
        List<Pairing> other = OrderedExamples.of(World.tasks(), DemoData.SEED + 1);

        assertThat(other).containsExactlyInAnyOrderElementsOf(pairings).isNotEqualTo(pairings);
    }

    @Test
    void tasksWithTooFewPhrasingsAreRefused() {
        Task task = new Task("{value}", Fact.pairs("hot: cold, wet: dry"), Task.asked("Name the opposite of {}."));

        assertThatThrownBy(() -> OrderedExamples.of(List.of(task), 1))
                .hasMessage("only 0 of 1 examples can be held out; give the tasks more facts or more phrasings");
    }
}

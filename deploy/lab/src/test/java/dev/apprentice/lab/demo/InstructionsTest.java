package dev.apprentice.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstructionsTest {

    private final World world = World.of(DemoData.SEED);
    private final List<Example> examples = Instructions.of(world, DemoData.SEED);
    private final List<Example> training = examples.subList(0, (int) (examples.size() * 0.85));
    private final List<Example> heldOut = examples.subList(training.size(), examples.size());
    private final List<Example> test = heldOut.subList(0, (int) (examples.size() * 0.1));

    @Test
    void noQuestionIsAskedTwice() {
        assertThat(examples.stream().map(InstructionsTest::question)).doesNotHaveDuplicates();
    }

    @Test
    void trainingNeverAsksForWhatIsCalledNeverInstructed() {
        Set<String> trained = training.stream().map(Example::output).collect(Collectors.toSet());

        assertThat(of(heldOut, Instructions.NEVER_INSTRUCTED)).hasSizeGreaterThan(100).doesNotContainAnyElementsOf(trained);
        assertThat(of(heldOut, Instructions.INSTRUCTED)).hasSizeGreaterThan(100).allMatch(trained::contains);
    }

    @Test
    void theTestAsksForBothInEqualParts() {
        assertThat(of(test, Instructions.NEVER_INSTRUCTED)).hasSize(test.size() / 2);
    }

    @Test
    void theBaseModelsTextsSayEveryFactInNearlyEveryWay() {
        Set<String> said = DemoData.statements()
                .lines()
                .flatMap(line -> sentences(line.replaceAll("^\\{\"text\": *\"|\"}$", "")))
                .collect(Collectors.toSet());

        assertThat(world.facts()).allSatisfy(fact -> assertThat(fact.relation().statements())
                .filteredOn(way -> said.contains(fact.in(way)))
                .hasSizeGreaterThanOrEqualTo(5));
        assertThat(examples).extracting(Example::output).allMatch(said::contains);
    }

    @Test
    void noStatementIsAQuestionOrAnInstruction() {
        List<String> instructions = examples.stream().map(Example::instruction).toList();

        assertThat(Statements.of(world, 2, 1)).noneMatch(text -> text.contains("?") || instructions.stream().anyMatch(text::contains));
    }

    @Test
    void aPassSaysEveryFactOnce() {
        List<String> texts = Statements.of(world, 1, 5);

        assertThat(texts.stream().flatMap(InstructionsTest::sentences)).hasSize(world.facts().size());
        assertThat(world.facts()).allSatisfy(fact -> assertThat(texts.stream()
                        .filter(text -> fact.relation().statements().stream().anyMatch(way -> text.contains(fact.in(way)))))
                .hasSize(1));
    }

    @Test
    void trainingSeesNearlyEveryVillagerAndEachWayOfAsking() {
        Map<String, Long> asked = training.stream().collect(Collectors.groupingBy(Example::instruction, Collectors.counting()));

        assertThat(World.names())
                .filteredOn(name -> training.stream().noneMatch(each -> question(each).contains(name)))
                .hasSizeLessThanOrEqualTo(2);
        assertThat(Relations.ALL).flatExtracting(Relation::phrasings).allSatisfy(phrasing -> assertThat(asked.keySet())
                .anyMatch(instruction -> instruction.matches(phrasing.instruction().replace("{n}", "\\w+").replace("?", "\\?"))));
    }

    @Test
    void villagersAndValuesAreNamedApart() {
        Set<String> names = new HashSet<>(World.names());

        assertThat(World.names()).doesNotHaveDuplicates();
        assertThat(Relations.ALL).flatExtracting(Relation::values).doesNotHaveDuplicates().doesNotContainAnyElementsOf(names);
    }

    @Test
    void anotherSeedMakesAnotherWorld() {
        World other = World.of(DemoData.SEED + 1);

        assertThat(other.facts()).hasSameSizeAs(world.facts()).isNotEqualTo(world.facts());
    }

    private static Stream<String> sentences(String text) {
        return Stream.of(text.split("(?<=\\.) "));
    }

    private static String question(Example example) {
        return example.instruction() + "|" + example.input();
    }

    private static List<String> of(List<Example> examples, String category) {
        return examples.stream().filter(each -> each.category().equals(category)).map(Example::output).toList();
    }
}

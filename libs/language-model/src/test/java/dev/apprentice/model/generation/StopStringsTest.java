package dev.apprentice.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StopStringsTest {

    /** The alphabet has only two letters, so that prefixes, overlaps and repetitions of stop strings are frequent. */
    @Property
    void nothingBehindTheFirstStopStringIsEverLetThroughAndNothingBeforeItIsLost(
            @ForAll("pieces") List<String> pieces, @ForAll("stops") List<String> strings) {
        String whole = String.join("", pieces);
        String expected = upToTheFirst(whole, strings);
        StopStrings stops = new StopStrings(strings);
        StringBuilder through = new StringBuilder();
        for (String piece : pieces) {
            if (stops.found().isEmpty()) {
                through.append(stops.push(piece));
            }
            assertThat(expected).startsWith(through);
        }
        through.append(stops.end());
        assertThat(through.toString()).isEqualTo(expected);
        assertThat(stops.found().isPresent()).isEqualTo(strings.stream().anyMatch(whole::contains));
    }

    /** Finds the first stop string character by character, as the expectation. */
    private static String upToTheFirst(String whole, List<String> strings) {
        for (int end = 0; end <= whole.length(); end++) {
            String seen = whole.substring(0, end);
            Optional<String> longest = strings.stream().filter(seen::endsWith).max(Comparator.comparingInt(String::length));
            if (longest.isPresent()) {
                return seen.substring(0, end - longest.get().length());
            }
        }
        return whole;
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.strings().withChars('a', 'b').ofMinLength(1).ofMaxLength(3).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<String>> stops() {
        return Arbitraries.strings().withChars('a', 'b').ofMinLength(1).ofMaxLength(4).list().ofMaxSize(3);
    }

    @Example
    void whatMayBecomeAStopStringIsHeldBackUntilItIsKnown() {
        StopStrings stops = new StopStrings(List.of("###", "\n\n"));
        assertThat(stops.push("One#")).isEqualTo("One");
        assertThat(stops.push("#")).isEmpty();
        assertThat(stops.push(" two\n")).isEqualTo("## two");
        assertThat(stops.push("\nthree")).isEmpty();
        assertThat(stops.found()).isEqualTo(Optional.of("\n\n"));
    }

    @Example
    void anEmptyStopStringIsRefused() {
        GenerationRequest request =
                new GenerationRequest(new int[] {1}, new GenerationSettings(1, java.util.Set.of()));
        assertThatThrownBy(() -> new TextRequest(request, List.of("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a stop string is empty");
    }
}

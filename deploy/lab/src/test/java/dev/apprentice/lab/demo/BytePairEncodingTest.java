package dev.apprentice.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.lab.demo.BytePairEncoding.Merge;
import java.util.List;
import org.junit.jupiter.api.Test;

class BytePairEncodingTest {

    @Test
    void theMostFrequentPairIsMergedFirst() {
        // worked out by hand: "ab" occurs 3 times in all, then "abc" twice
        BytePairEncoding encoding = BytePairEncoding.train(List.of("abc-abc-abd"), 258);

        assertThat(encoding.merges()).containsExactly(new Merge("a", "b"), new Merge("ab", "c"));
    }

    @Test
    void ofEquallyFrequentPairsTheFirstInTheAlphabetIsMerged() {
        assertThat(BytePairEncoding.train(List.of("yz-bc-xy"), 257).merges()).containsExactly(new Merge("b", "c"));
    }

    @Test
    void mergesStayWithinAWordAndTheSpaceBeforeIt() {
        BytePairEncoding encoding = BytePairEncoding.train(List.of("go go go"), 258);

        assertThat(encoding.merges()).containsExactly(new Merge("g", "o"), new Merge("Ġ", "go"));
    }

    @Test
    void theVocabularyIsTheBytesFollowedByTheMerges() {
        BytePairEncoding encoding = BytePairEncoding.train(List.of("go go go"), 258);

        assertThat(encoding.symbols()).hasSize(258).startsWith("!", "\"", "#").endsWith("go", "Ġgo");
    }

    @Test
    void moreSymbolsThanTheTextsHavePairsAreRefused() {
        assertThatThrownBy(() -> BytePairEncoding.train(List.of("ab"), 258))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the texts have no pair left to merge; ask for a smaller vocabulary");
    }
}

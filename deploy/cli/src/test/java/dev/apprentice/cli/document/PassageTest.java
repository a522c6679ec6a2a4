package dev.apprentice.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents are cut at headings and between paragraphs, and nothing of their text is lost. */
class PassageTest {

    @TempDir Path folder;

    private List<Passage> passages(String name, String text, int most) throws IOException {
        return Passage.of(Document.read(Files.writeString(folder.resolve(name), text)), most);
    }

    @Test
    void markdownIsCutAtItsHeadings() throws IOException {
        List<Passage> passages = passages("a.md", """
                \uFEFFBefore.

                Setext title
                ============
                One.

                Two.
                ### Deep ###
                ```sh
                # no heading

                still code
                ```
                ## Second
                Three.
                """, 100);

        assertThat(passages).extracting(passage -> passage.heading().orElse("-") + ": " + passage.text()).containsExactly(
                "-: Before.",
                "Setext title: One.\n\nTwo.",
                "Setext title > Deep: ```sh\n# no heading\n\nstill code\n```",
                "Setext title > Second: Three.");
    }

    @Test
    void inATextThatIsNoMarkdownThereAreNoHeadings() throws IOException {
        assertThat(passages("a.txt", "# one\n\n# two", 100)).extracting(Passage::text).containsExactly("# one\n\n# two");
    }

    @Test
    void paragraphsAreTogetherAsFarAsTheyFit() throws IOException {
        assertThat(passages("a.txt", "aaaa\n\nbbbb\n\ncccc", 10)).extracting(Passage::text).containsExactly("aaaa\n\nbbbb", "cccc");
        assertThat(passages("a.txt", "aaaa\n\nbbbb\n\ncccc", 9)).extracting(Passage::text).containsExactly("aaaa", "bbbb", "cccc");
    }

    @Test
    void aLongParagraphIsCutBetweenSentencesALongSentenceBetweenWordsALongWordAnywhere() throws IOException {
        assertThat(passages("a.txt", "One two. Three four. Five.", 21)).extracting(Passage::text)
                .containsExactly("One two. Three four.", "Five.");
        assertThat(passages("a.txt", "one two three four", 9)).extracting(Passage::text).containsExactly("one two", "three", "four");
        assertThat(passages("a.txt", "abcdefgh", 3)).extracting(Passage::text).containsExactly("abc", "def", "gh");
        assertThat(passages("a.txt", "\uD83C\uDF5E\uD83C\uDF5E", 3)).extracting(Passage::text).containsExactly("\uD83C\uDF5E", "\uD83C\uDF5E");
    }
}

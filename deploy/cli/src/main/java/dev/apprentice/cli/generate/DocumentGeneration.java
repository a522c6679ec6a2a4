package dev.apprentice.cli.generate;

import dev.apprentice.cli.document.Document;
import dev.apprentice.cli.document.DocumentFiles;
import dev.apprentice.cli.document.Passage;
import dev.apprentice.cli.document.UnreadableDocumentException;
import dev.apprentice.cli.generate.file.GeneratedFiles;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.local.CommandException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Generates questions and answers about documents. */
public final class DocumentGeneration {

    /** The source that is recorded in its files. */
    public static final String SOURCE = "documents";

    /** The fewest words of a passage that is asked about; shorter ones are page numbers and the like. */
    private static final int LEAST_WORDS = 5;

    private final Screen screen;
    private final DocumentFiles named;

    public DocumentGeneration(Screen screen, DocumentFiles named) {
        this.screen = screen;
        this.named = named;
    }

    /**
     * Reads the documents, then asks.
     *
     * @param passageLength the most characters of a passage
     * @param pairs how many pairs are requested about each passage
     * @return whether all is done
     * @throws CommandException if no document can be read, or there is nothing to ask about
     */
    public boolean run(
            AskedModel writer, Optional<ScoringJudge> judge, int passageLength, int pairs, GeneratedFiles files, int parallel) {
        PassageQuestions questions = new PassageQuestions(writer, judge, pairs);
        List<Passage> passages = passages(passageLength, questions);
        LikeExamples like = new LikeExamples(files.kept());
        Generation.Outcome outcome = new Generation(files, screen, parallel).run("passages", passages, questions, like::without);
        Summary.print(screen, "passages", outcome, files);
        return outcome.isComplete();
    }

    private List<Passage> passages(int length, PassageQuestions questions) {
        Map<String, Passage> passages = new LinkedHashMap<>();
        List<Path> unreadable = new ArrayList<>();
        int brief = 0;
        int repeated = 0;
        for (Path file : named.documents()) {
            Optional<Document> document = read(file);
            if (document.isEmpty()) {
                unreadable.add(file);
                continue;
            }
            List<Passage> all = Passage.of(document.get(), length);
            screen.print(file + ": " + (document.get().pages() > 0 ? Words.counted(document.get().pages(), "page") + ", " : "")
                    + Words.counted(all.size(), "passage"));
            for (Passage passage : all) {
                if (new Likeness(passage.text()).size() < LEAST_WORDS) {
                    brief++;
                } else if (passages.putIfAbsent(questions.id(passage), passage) != null) {
                    repeated++;
                }
            }
        }
        if (unreadable.size() == named.documents().size()) {
            throw new CommandException("No document could be read.");
        }
        note(brief, "of fewer than " + LEAST_WORDS + " words left out");
        note(repeated, "equal to another one left out");
        if (named.others() > 0) {
            screen.print(Words.counted(named.others(), "file") + " of another kind left out.");
        }
        if (passages.isEmpty()) {
            throw new CommandException("There is nothing to ask about: no passage has " + LEAST_WORDS + " words or more.");
        }
        return List.copyOf(passages.values());
    }

    private Optional<Document> read(Path file) {
        try {
            return Optional.of(Document.read(file));
        } catch (UnreadableDocumentException e) {
            screen.print(e.getMessage());
            return Optional.empty();
        }
    }

    private void note(int count, String words) {
        if (count > 0) {
            screen.print(Words.counted(count, "passage") + " " + words + ".");
        }
    }
}

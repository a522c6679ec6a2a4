package dev.apprentice.cli.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.cli.document.Passage;
import dev.apprentice.cli.generate.file.Made;
import dev.apprentice.contracts.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks for questions about passages of documents, with their answers.
 *
 * @param writer writes them
 * @param judge decides whether the passage supports the answer; if empty, all are kept
 * @param most how many pairs are requested about a passage
 */
record PassageQuestions(AskedModel writer, Optional<ScoringJudge> judge, int most) implements Task<Passage> {

    private static final String ASKED = """
            You write examples for training an assistant. Below is a passage of a document. Write at most %d questions that a \
            person could ask and that the passage answers, each with its answer.

            - Use nothing but what the passage says; leave out what it answers only in part.
            - Each question must be understood by a person who does not see the passage: name what it is about, and say neither \
            "the passage" nor "the text".
            - Each answer is whole sentences that are correct without the passage beside them.
            - Write in the language of the passage.

            Respond with nothing but a JSON object: {"pairs": [{"question": "...", "answer": "..."}]}
            If the passage answers no question a person would ask, respond with {"pairs": []}

            Document: %s

            Passage:
            %s""";

    private static final String JUDGED = """
            Below are a passage of a document, a question, and an answer to it. Judge whether a person who has the passage alone can \
            answer the question, and whether the answer is right by the passage.

            100: the passage answers the question, and the answer says so completely and adds nothing.
            50: the answer lacks a part of what the passage says about the question, or the question is hard to understand without \
            the passage.
            0: the passage does not answer the question, or the answer says what the passage does not.

            Respond with nothing but a JSON object: {"reason": "...", "score": an integer from 0 to 100}

            Passage:
            %s

            Question: %s

            Answer: %s""";

    @Override
    public String id(Passage passage) {
        return Digest.of(passage.heading().orElse("") + "\n" + passage.text());
    }

    @Override
    public String place(Passage passage) {
        return passage.place();
    }

    @Override
    public Made make(Passage passage) {
        List<ObjectNode> kept = new ArrayList<>();
        List<Made.Rejected> rejected = new ArrayList<>();
        for (Pair pair : writer.ask(ASKED.formatted(most, passage.place(), passage.text()), Pair.FORM)) {
            ObjectNode example = example(passage, pair);
            refused(passage, pair, example).ifPresentOrElse(rejected::add, () -> kept.add(example));
        }
        return new Made(kept, rejected);
    }

    @Override
    public Made unanswered(Passage passage, String reason) {
        return new Made(List.of(), List.of(new Made.Rejected(example(passage), Made.Why.NO_ANSWER, reason)));
    }

    private Optional<Made.Rejected> refused(Passage passage, Pair pair, ObjectNode example) {
        if (pair.question().isBlank() || pair.answer().isBlank()) {
            return Optional.of(new Made.Rejected(example, Made.Why.EMPTY, "question or answer is empty"));
        }
        return judge.flatMap(judging -> judging.against(
                example, JUDGED.formatted(passage.text(), pair.question(), pair.answer())));
    }

    private static ObjectNode example(Passage passage, Pair pair) {
        ObjectNode example = Json.MAPPER.createObjectNode().put("instruction", pair.question()).put("output", pair.answer());
        return example.setAll(example(passage));
    }

    /** Returns an example with only its source: document, heading and page. */
    private static ObjectNode example(Passage passage) {
        ObjectNode example = Json.MAPPER.createObjectNode().put("source", passage.source());
        passage.heading().ifPresent(heading -> example.put("heading", heading));
        passage.page().ifPresent(page -> example.put("page", page));
        return example;
    }
}

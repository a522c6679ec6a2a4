package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.AnswerForm;
import dev.apprentice.chat.ChatServer;
import dev.apprentice.chat.Exchange;
import dev.apprentice.chat.ModelRefusesException;
import dev.apprentice.chat.Patience;
import dev.apprentice.chat.QuestionRefusedException;
import dev.apprentice.chat.Trouble;
import dev.apprentice.chat.answer.Reading;
import dev.apprentice.judge.judges.rubric.Rubric;
import dev.apprentice.service.log.RunLog;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * A model that answers rubrics' questions. It limits the questions asked at a time, retries while the model is away, and caches
 * each answer that could be read.
 */
final class JudgeModel {

    private static final String CUT_OFF =
            "(truncated at its token limit, apprentice.judge.ollama.max-tokens or openai.max-tokens) ";

    private final ChatServer server;
    private final Patience patience;
    private final AnswerCache cache;
    private final int parallel;
    private final Semaphore places;
    private final SeatMetrics meters;

    /**
     * Creates the model without contacting its server.
     *
     * @param parallel how many questions the server is asked at the same time
     */
    JudgeModel(ChatServer server, Patience patience, AnswerCache cache, int parallel, SeatMetrics meters) {
        this.server = server;
        this.patience = patience;
        this.cache = cache;
        this.parallel = parallel;
        this.places = new Semaphore(parallel);
        this.meters = meters;
        meters.watch(patience);
    }

    /** Returns its name at the server. */
    String name() {
        return server.model();
    }

    /** Returns its server's address. */
    String address() {
        return server.address();
    }

    /** Returns how many questions it is asked at the same time. */
    int parallel() {
        return parallel;
    }

    /** Returns why it gives no answer; empty while it does. */
    Optional<Trouble> trouble() {
        return patience.trouble();
    }

    /** Removes its metrics. */
    void retire() {
        meters.remove();
    }

    /** Registers an action that runs whenever the model stops answering. */
    void onTrouble(Runnable doing) {
        patience.onTrouble(doing);
    }

    /**
     * Returns the answer to a rubric's question; waits until there is one.
     *
     * @param run the run that the log lines are about
     * @param anew whether to ask even if the answer is in the cache
     * @throws CancellationException if the thread was interrupted
     */
    JudgeAnswer answer(String run, Rubric rubric, String question, boolean anew) {
        try (RunLog log = RunLog.of(run)) {
            String key = String.join("\n", server.identity(), server.digest().orElse(""), rubric.version(), question);
            Optional<JudgeAnswer> known = anew ? Optional.empty() : cache.get(key);
            known.ifPresent(answer -> meters.remembered());
            return known.orElseGet(() -> askAndRemember(key, rubric, question));
        }
    }

    /**
     * Asks the model. Stores only answers that could be read: the others are asked again once the server or its settings are
     * fixed.
     */
    private JudgeAnswer askAndRemember(String key, Rubric rubric, String question) {
        try {
            JudgeAnswer answer = ask(question, rubric.format().form(rubric.scale()));
            if (answer.reading().isPresent()) {
                cache.put(key, answer);
            }
            return answer;
        } catch (QuestionRefusedException | ModelRefusesException e) {
            return JudgeAnswer.refused(e.getMessage(), server.digest());
        }
    }

    private JudgeAnswer ask(String question, AnswerForm<Reading> form) {
        DoubleAdder seconds = new DoubleAdder();
        Exchange<Reading> exchange = Exchange.of(question, form, conversation -> {
            Timed answer = put(conversation, form.schema());
            seconds.add(answer.seconds());
            return answer.reply();
        });
        return new JudgeAnswer(
                exchange.last().unfinished() ? CUT_OFF + exchange.first().text() : exchange.first().text(),
                exchange.cut() ? Optional.empty() : exchange.reading(), // a score for a truncated question does not count
                seconds.sum(),
                exchange.last().digest(),
                exchange.sum(ChatServer.Reply::promptTokens),
                exchange.sum(ChatServer.Reply::answerTokens),
                exchange.cut(),
                false);
    }

    private Timed put(List<ChatMessage> conversation, Optional<JsonSchema> schema) {
        takePlace();
        Timed answer;
        try {
            answer = patience.await(() -> {
                long start = System.nanoTime();
                ChatServer.Reply reply = server.chat(conversation, schema);
                return new Timed(reply, (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1));
            });
        } finally {
            places.release();
        }
        meters.answered(answer.seconds());
        return answer;
    }

    private void takePlace() {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("judge '" + server.model() + "' was interrupted");
        }
    }

    private record Timed(ChatServer.Reply reply, double seconds) {}
}

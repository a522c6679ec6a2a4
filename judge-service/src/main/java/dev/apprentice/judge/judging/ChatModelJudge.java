package dev.apprentice.judge.judging;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Score.Verdict;
import dev.langchain4j.model.chat.ChatModel;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** A judge that puts a rubric's question to a chat model, one question a response and no memory between them. */
public final class ChatModelJudge implements Judge {

    private final String name;
    private final String address;
    private final ChatModel model;
    private final Rubric rubric;

    /**
     * Puts the parts together.
     *
     * @param name the model's name, which its verdicts carry
     * @param address where the model is asked, for error messages
     * @param model the client; it must not repeat questions by itself
     * @param rubric what is asked
     */
    public ChatModelJudge(String name, String address, ChatModel model, Rubric rubric) {
        this.name = name;
        this.address = address;
        this.model = model;
        this.rubric = rubric;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Verdict grade(Response response) {
        long start = System.nanoTime();
        String answer = ask(rubric.question(response));
        double seconds = (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1);
        Optional<Double> score = rubric.read(answer);
        return new Verdict(name, score, score.isPresent() ? Optional.empty() : Optional.of(answer), seconds);
    }

    private String ask(String question) {
        try {
            String answer = model.chat(question);
            return answer == null ? "" : answer;
        } catch (RuntimeException e) { // clients throw all kinds of them; each means that there is no answer
            throw unanswered(e);
        }
    }

    private RuntimeException unanswered(RuntimeException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            if (root instanceof ConnectException) { // what lies deeper says nothing to a person
                return unavailable("no connection", e);
            }
            root = root.getCause();
        }
        if (root instanceof InterruptedException) {
            return new CancellationException("judge '" + name + "' was interrupted");
        }
        return unavailable(root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage(), e);
    }

    private JudgeUnavailableException unavailable(String reason, Throwable cause) {
        return new JudgeUnavailableException(
                "judge '" + name + "' at " + address + " did not answer: " + reason, cause);
    }
}

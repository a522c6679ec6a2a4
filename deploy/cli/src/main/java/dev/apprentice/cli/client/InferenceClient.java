package dev.apprentice.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.cli.client.answer.Answer;
import dev.apprentice.cli.client.answer.Answered;
import dev.apprentice.cli.client.answer.AnsweredExample;
import dev.apprentice.cli.client.answer.WaitingExam;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Client of inference-service, which answers exams and people. */
public final class InferenceClient {

    private static final String STEP = "X-Apprentice-Step";
    /** Header with the answered and all questions of an exam, such as {@code 12/110}. */
    private static final String COMPLETE = "X-Apprentice-Complete";

    private final ServiceClient service;

    public InferenceClient(Ports ports) {
        service = new ServiceClient(Member.INFERENCE_SERVICE, ports);
    }

    /**
     * Asks a question and returns the complete answer.
     *
     * @throws ServiceException if the service refuses the question or the answer breaks off
     */
    public Answer ask(Question question, AnswerListener listener) {
        AtomicReference<Answer> whole = new AtomicReference<>();
        try (Stream<String> lines = service.postForEvents("/ask", question)) {
            EventStream.read(lines, (id, data) -> hear(service.parse(data, new TypeReference<>() {}), listener, whole));
        } catch (UncheckedIOException e) {
            throw brokeOff();
        }
        if (whole.get() == null) {
            throw brokeOff();
        }
        return whole.get();
    }

    private static void hear(JsonNode event, AnswerListener listener, AtomicReference<Answer> whole) {
        if (event.has("text")) {
            listener.onText(event.get("text").asText());
        } else if (event.has("response")) {
            whole.set(new Answer(
                    event.get("run").asText(), event.get("step").asInt(), event.get("response").asText()));
        } else if (event.has("detail")) {
            throw new ServiceException(0, "The answer was cut off; inference-service says: " + event.get("detail").asText());
        } else {
            listener.onModel(event.path("run").asText(), event.path("step").asInt());
        }
    }

    private static ServiceException brokeOff() {
        return new ServiceException(0, "The answer was cut off: inference-service closed the connection; see `apprentice"
                + " status`.");
    }

    /** Returns the run's exams that wait for a checkpoint that cannot be read. */
    public List<WaitingExam> waiting(String run) {
        return service.get(ServiceClient.path("runs", run, "waiting"), new TypeReference<>() {});
    }

    /** Returns the answers of a run's checkpoint; of its newest one if no step is given. */
    public Answered responses(String run, Optional<Integer> step) {
        String path = ServiceClient.path("runs", run, "responses") + step.map(number -> "?step=" + number).orElse("");
        HttpResponse<String> response = service.get(path);
        List<AnsweredExample> examples = service.parse(response.body(), new TypeReference<>() {});
        String complete = header(response, COMPLETE);
        int questions = Integer.parseInt(complete.substring(complete.indexOf('/') + 1));
        return new Answered(Integer.parseInt(header(response, STEP)), examples, questions);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers()
                .firstValue(name)
                .orElseThrow(() -> new IllegalStateException("inference-service sent no header " + name));
    }
}

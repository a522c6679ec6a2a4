package dev.apprentice.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Client of trainer-service, which keeps runs. */
public final class TrainerClient {

    private static final String RUNS = "runs";

    private final ServiceClient service;

    public TrainerClient(Ports ports) {
        service = new ServiceClient(Member.TRAINER_SERVICE, ports);
    }

    /** Starts a run. */
    public RunStatus start(RunRequest request) {
        return service.post(ServiceClient.path(RUNS), request, new TypeReference<>() {});
    }

    /**
     * Checks a run's request as starting it would, without starting it.
     *
     * @throws ServiceException with all that is wrong
     */
    public void check(RunRequest request) {
        service.post(ServiceClient.path(RUNS) + "?check=true", request, new TypeReference<Object>() {});
    }

    /** Returns all runs, oldest first. */
    public List<RunStatus> runs() {
        return service.get(ServiceClient.path(RUNS), new TypeReference<>() {});
    }

    public RunStatus run(String run) {
        return known(run, () -> service.get(ServiceClient.path(RUNS, run), new TypeReference<>() {}));
    }

    private static <T> T known(String run, Supplier<T> question) {
        return ServiceException.orUnknown(question, "There is no run '" + run + "'; `apprentice runs` lists those there are.");
    }

    /**
     * Requests that a run stop; a run that has ended stays as it is.
     *
     * @return the run as it stands
     */
    public RunStatus cancel(String run) {
        return known(run, () -> service.delete(ServiceClient.path(RUNS, run), new TypeReference<>() {}));
    }

    /**
     * Resumes a run that failed or was cancelled, from its newest checkpoint.
     *
     * @param tokensPerBatch input tokens to compute at once from now on; empty to leave it unchanged
     * @param activationCheckpointing whether to compute activations twice from now on; false to leave it unchanged
     * @throws ServiceException if it has not ended or has completed
     */
    public RunStatus resume(String run, Optional<Integer> tokensPerBatch, boolean activationCheckpointing) {
        String query = Stream.of(
                        tokensPerBatch.map(tokens -> "tokensPerBatch=" + tokens),
                        Optional.of("activationCheckpointing=true").filter(set -> activationCheckpointing))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("&"));
        String path = ServiceClient.path(RUNS, run, "resume") + (query.isEmpty() ? "" : "?" + query);
        return known(run, () -> service.post(path, Map.of(), new TypeReference<>() {}));
    }

    /**
     * Reads a run's past and coming progress until the service ends the stream.
     *
     * @param after the id of the last event already seen
     * @param events gets each event's id and content
     */
    public void progress(String run, Optional<String> after, BiConsumer<Optional<String>, Progress> events) {
        try (Stream<String> lines = service.events(ServiceClient.path(RUNS, run, "progress"), after)) {
            EventStream.read(lines, (id, data) -> events.accept(id, progress(data)));
        }
    }

    private static Progress progress(String json) {
        try {
            return Json.MAPPER.readValue(json, Progress.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("trainer-service sent a progress event that cannot be read: " + json, e);
        }
    }
}

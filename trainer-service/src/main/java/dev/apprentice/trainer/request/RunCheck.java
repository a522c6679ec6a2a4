package dev.apprentice.trainer.request;

import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.model.ModelException;
import dev.apprentice.trainer.TrainerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.AssertTrue;
import java.util.Optional;
import java.util.stream.Collectors;

/** Applies the rules of the HTTP API to a run that was written directly to the topic of runs. */
@ApplicationScoped
public class RunCheck {

    private final Validator validator;
    private final ModelRoots roots;

    RunCheck(Validator validator, TrainerSettings settings) {
        this.validator = validator;
        this.roots = ModelRoots.of(settings);
    }

    /** Returns a sentence about what is wrong with a run; empty if nothing is. */
    public Optional<String> objection(RunSpecification specification) {
        RunRequest request = Json.MAPPER.convertValue(specification, RunRequest.class); // the fields have the same names
        String violations = validator.validate(request).stream()
                .map(RunCheck::say)
                .sorted()
                .collect(Collectors.joining("; "));
        if (!violations.isEmpty()) {
            return Optional.of("the run cannot be trained as it is described: " + violations);
        }
        try {
            BaseModelCheck.check(specification, roots);
            return Optional.empty();
        } catch (ModelException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Returns the violation's message, with its field unless the message names its fields itself. */
    private static String say(ConstraintViolation<RunRequest> violation) {
        boolean namesFields = violation.getConstraintDescriptor().getAnnotation() instanceof AssertTrue;
        return namesFields ? violation.getMessage() : violation.getPropertyPath() + " " + violation.getMessage();
    }
}

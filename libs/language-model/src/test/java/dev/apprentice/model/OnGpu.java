package dev.apprentice.model;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import dev.apprentice.model.torchscript.PyTorch;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Marks tests that need a graphics card: the group {@code gpu}. */
@Tag("gpu")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnGpu.Condition.class)
public @interface OnGpu {

    /** Skips the tests, with a reason, if PyTorch sees no graphics card. */
    class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return PyTorch.gpus() > 0
                    ? enabled("PyTorch sees " + PyTorch.gpus() + " graphics cards")
                    : disabled("PyTorch sees no graphics card: either this machine has none, or this PyTorch was built without"
                            + " CUDA (PYTORCH_LIBRARY_PATH names another)");
        }
    }
}

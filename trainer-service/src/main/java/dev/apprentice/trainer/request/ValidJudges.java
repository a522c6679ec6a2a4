package dev.apprentice.trainer.request;

import dev.apprentice.contracts.run.JudgeName;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Requires the text to name judges, separated by commas; null passes. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ValidJudges.Validator.class)
@interface ValidJudges {

    String message() default "must name at most " + JudgeName.MOST + " judges, separated by commas; " + JudgeName.RULE;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Applies the rule in {@link JudgeName}. */
    class Validator implements ConstraintValidator<ValidJudges, String> {

        @Override
        public boolean isValid(String names, ConstraintValidatorContext context) {
            return names == null || JudgeName.problem(names).isEmpty();
        }
    }
}

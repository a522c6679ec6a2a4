package dev.apprentice.trainer.request;

import dev.apprentice.contracts.Names;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Requires the text to be a valid name of a run or a dataset; null passes. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ValidName.Validator.class)
@interface ValidName {

    String message() default Names.RULE;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Applies the rule in {@link Names}. */
    class Validator implements ConstraintValidator<ValidName, String> {

        @Override
        public boolean isValid(String name, ConstraintValidatorContext context) {
            return name == null || Names.isValid(name);
        }
    }
}

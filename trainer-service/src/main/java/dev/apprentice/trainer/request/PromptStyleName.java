package dev.apprentice.trainer.request;

import dev.apprentice.prompts.PromptStyle;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Locale;

/** Requires the text to name a bundled prompt style, the model's own or a user's template; null passes. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PromptStyleName.Validator.class)
@interface PromptStyleName {

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Reports the choices if the text is none of them. */
    class Validator implements ConstraintValidator<PromptStyleName, String> {

        @Override
        public boolean isValid(String text, ConstraintValidatorContext context) {
            if (text == null || PromptStyle.isName(text.toLowerCase(Locale.ROOT))) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate("must be one of " + PromptStyle.names() + ", model")
                    .addConstraintViolation();
            return false;
        }
    }
}

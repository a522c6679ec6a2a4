package dev.apprentice.trainer.request;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Requires the text to be an enum constant's name, in any case; null passes. This checks a string, rather than leaving it to the
 * JSON reader, so that one answer reports it with all other violations.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = OneOf.Validator.class)
@interface OneOf {

    /** The constants to choose from. */
    Class<? extends Enum<?>> value();

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Reports the choices if the text is none of them. */
    class Validator implements ConstraintValidator<OneOf, String> {

        private List<String> choices;

        @Override
        public void initialize(OneOf oneOf) {
            choices = Arrays.stream(oneOf.value().getEnumConstants())
                    .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                    .toList();
        }

        @Override
        public boolean isValid(String text, ConstraintValidatorContext context) {
            if (text == null || choices.contains(text.toLowerCase(Locale.ROOT))) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate("must be one of " + String.join(", ", choices))
                    .addConstraintViolation();
            return false;
        }
    }
}

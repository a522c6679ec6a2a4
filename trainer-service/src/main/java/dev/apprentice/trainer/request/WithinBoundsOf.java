package dev.apprentice.trainer.request;

import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Settings;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Requires a request's values to be within the bounds that a contract's record states for its components of these names. Each
 * value out of bounds is a violation of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = WithinBoundsOf.Validator.class)
@interface WithinBoundsOf {

    /** Returns the record whose components state the bounds. */
    Class<? extends Record> value();

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the values; null passes. */
    class Validator implements ConstraintValidator<WithinBoundsOf, Record> {

        private Map<String, Described> described;

        @Override
        public void initialize(WithinBoundsOf bounds) {
            described = Settings.of(bounds.value()).stream().collect(Collectors.toMap(Described::name, Function.identity()));
        }

        @Override
        public boolean isValid(Record request, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            return Arrays.stream(request.getClass().getRecordComponents())
                            .filter(component -> described.containsKey(component.getName()))
                            .filter(component -> !isWithin(component, request, context))
                            .count()
                    == 0;
        }

        private boolean isWithin(RecordComponent component, Record request, ConstraintValidatorContext context) {
            Optional<String> rule = value(component, request)
                    .flatMap(given -> Settings.rule(described.get(component.getName()).setting(), given));
            rule.ifPresent(broken -> context.buildConstraintViolationWithTemplate(broken)
                    .addPropertyNode(component.getName())
                    .addConstraintViolation());
            return rule.isEmpty();
        }

        private static Optional<Object> value(RecordComponent component, Record request) {
            try {
                return Optional.ofNullable(component.getAccessor().invoke(request));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the record component " + component + " cannot be read", e);
            }
        }
    }
}

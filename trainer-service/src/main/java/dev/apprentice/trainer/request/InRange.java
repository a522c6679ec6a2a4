package dev.apprentice.trainer.request;

import dev.apprentice.contracts.settings.Objection;
import dev.apprentice.contracts.settings.Settings;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.ConstraintValidatorContext.ConstraintViolationBuilder.NodeBuilderCustomizableContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires every setting to be within the bounds that the contract's record states. Each setting out of bounds is a violation of
 * its own.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = InRange.Validator.class)
@interface InRange {

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the bounds; null passes. */
    class Validator implements ConstraintValidator<InRange, Record> {

        @Override
        public boolean isValid(Record settings, ConstraintValidatorContext context) {
            if (settings == null) {
                return true;
            }
            var objections = Settings.objections(settings);
            context.disableDefaultConstraintViolation();
            objections.forEach(objection -> add(objection, context));
            return objections.isEmpty();
        }

        private static void add(Objection objection, ConstraintValidatorContext context) {
            var builder = context.buildConstraintViolationWithTemplate(objection.rule());
            NodeBuilderCustomizableContext node = builder.addPropertyNode(objection.path().get(0));
            for (String name : objection.path().subList(1, objection.path().size())) {
                node = node.addPropertyNode(name);
            }
            node.addConstraintViolation();
        }
    }
}

package io.github.costwise.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if a property that is one of several values has a certain one. Any other text
 * than these values stops the start.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
@Conditional(ConditionalOnChoice.OnChoiceCondition.class)
@interface ConditionalOnChoice {

	/** Name of the property. */
	String property();

	/** Class of its values, of which the first is taken where the property is not set. */
	Class<? extends Enum<?>> of();

	/** Name of the value. */
	String value();

	/** The condition. */
	final class OnChoiceCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			MergedAnnotation<ConditionalOnChoice> wanted = metadata.getAnnotations().get(ConditionalOnChoice.class);
			String property = wanted.getString("property");
			Enum<?> value = choose(context, property, wanted.getClass("of"));
			return new ConditionOutcome(value.name().equals(wanted.getString("value")),
					ConditionMessage.forCondition("Choice").because(property + " is " + value));
		}

		@SuppressWarnings({ "unchecked", "rawtypes" })
		private static Enum<?> choose(ConditionContext context, String property, Class<?> type) {
			return Choices.of(context.getEnvironment(), property, (Enum) type.getEnumConstants()[0]);
		}

	}

}

package io.github.costwise.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if a property has a value that is not blank.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
@Conditional(ConditionalOnSetting.OnSettingCondition.class)
@interface ConditionalOnSetting {

	/** Name of the property. */
	String value();

	/** The condition. */
	final class OnSettingCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			String name = metadata.getAnnotations().get(ConditionalOnSetting.class).getString("value");
			boolean set = !Binder.get(context.getEnvironment()).bind(name, String.class).orElse("").isBlank();
			ConditionMessage.Builder message = ConditionMessage.forCondition("Setting");
			return new ConditionOutcome(set, set ? message.foundExactly(name) : message.didNotFind(name).atAll());
		}

	}

}

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
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.github.costwise.pipeline.CostMode;

/**
 * Matches unless {@code costwise.mode} is {@code off}. For auto-configurations of
 * Costwise, also those in modules of their own.
 *
 * @since 0.1.0
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
@Conditional(ConditionalOnCostwise.OnCostwiseCondition.class)
public @interface ConditionalOnCostwise {

	/** The condition. */
	final class OnCostwiseCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			CostMode mode = Choices.of(context.getEnvironment(), CostwiseProperties.PREFIX + ".mode", CostMode.ENFORCE);
			return new ConditionOutcome(mode != CostMode.OFF,
					ConditionMessage.forCondition("Costwise").because("mode is " + mode));
		}

	}

}

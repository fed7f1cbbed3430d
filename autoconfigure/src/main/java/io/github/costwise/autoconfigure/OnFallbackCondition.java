package io.github.costwise.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches where the application configures tiers, or anything of fallback. */
final class OnFallbackCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean configured = Configured.anyOf(context.getEnvironment(), OnTiersCondition.TIERS)
				|| Configured.anyOf(context.getEnvironment(), FallbackProperties.PREFIX);
		ConditionMessage.Builder message = ConditionMessage.forCondition("Fallback");
		return new ConditionOutcome(configured, configured ? message.foundExactly(FallbackProperties.PREFIX)
				: message.didNotFind(FallbackProperties.PREFIX).atAll());
	}

}

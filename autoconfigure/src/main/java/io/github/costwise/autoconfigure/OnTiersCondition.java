package io.github.costwise.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches where the application configures tiers. */
final class OnTiersCondition extends SpringBootCondition {

	static final String TIERS = RoutingProperties.PREFIX + ".tiers";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean configured = Configured.anyOf(context.getEnvironment(), TIERS);
		ConditionMessage.Builder message = ConditionMessage.forCondition("Tiers");
		return new ConditionOutcome(configured,
				configured ? message.foundExactly(TIERS) : message.didNotFind(TIERS).atAll());
	}

}

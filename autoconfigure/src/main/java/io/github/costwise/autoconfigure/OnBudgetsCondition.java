package io.github.costwise.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches where the application configures budgets. */
final class OnBudgetsCondition extends SpringBootCondition {

	static final String LIMITS = BudgetProperties.PREFIX + ".limits";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean configured = Configured.anyOf(context.getEnvironment(), LIMITS);
		ConditionMessage.Builder message = ConditionMessage.forCondition("Budgets");
		return new ConditionOutcome(configured,
				configured ? message.foundExactly(LIMITS) : message.didNotFind(LIMITS).atAll());
	}

}

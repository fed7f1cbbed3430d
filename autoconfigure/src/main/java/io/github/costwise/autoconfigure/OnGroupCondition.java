package io.github.costwise.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches where the application sets properties of a group. */
abstract class OnGroupCondition extends SpringBootCondition {

	private final String what;

	private final String group;

	OnGroupCondition(String what, String group) {
		this.what = what;
		this.group = group;
	}

	@Override
	public final ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean configured = Configured.anyOf(context.getEnvironment(), this.group);
		ConditionMessage.Builder message = ConditionMessage.forCondition(this.what);
		return new ConditionOutcome(configured,
				configured ? message.foundExactly(this.group) : message.didNotFind(this.group).atAll());
	}

}

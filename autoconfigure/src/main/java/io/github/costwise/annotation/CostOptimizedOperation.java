package io.github.costwise.annotation;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.EvaluationContext;

import io.github.costwise.CallLimits;
import io.github.costwise.CostOptimized;
import io.github.costwise.CostScope;
import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.Money;
import io.github.costwise.Owner;
import io.github.costwise.Tier;
import io.github.costwise.faults.Faults;

/**
 * One annotated method, read once: constant parts as they are, expressions parsed.
 */
final class CostOptimizedOperation {

	private final Method method;

	private final ParameterNameDiscoverer names;

	private final @Nullable String policy;

	private final Tier tier;

	private final CallLimits limits;

	private final ScopeExpression feature;

	private final ScopeExpression tenant;

	private final ScopeExpression user;

	private final @Nullable String promptVersion;

	private final List<Tag> tags = new ArrayList<>();

	private final boolean constant;

	CostOptimizedOperation(Method method, CostOptimized annotation, ScopeExpressions expressions) {
		this.method = method;
		this.names = expressions.names();
		this.policy = emptyToNull(annotation.policy());
		this.promptVersion = emptyToNull(annotation.promptVersion());
		this.tier = annotation.tier();
		this.limits = limits(method, annotation);
		String feature = annotation.feature().isEmpty()
				? method.getDeclaringClass().getSimpleName() + "." + method.getName() : annotation.feature();
		this.feature = expressions.template(method, "feature", feature);
		this.tenant = expressions.expression(method, "tenant", annotation.tenant());
		this.user = expressions.expression(method, "user", annotation.user());
		for (String tag : annotation.tags()) {
			this.tags.add(tag(method, tag, expressions));
		}
		this.constant = this.feature.isConstant() && this.tenant.isConstant() && this.user.isConstant()
				&& this.tags.stream().allMatch((tag) -> tag.value().isConstant());
	}

	@Nullable String policy() {
		return this.policy;
	}

	/** Whether it names the owner of its turns. */
	boolean isAttributed() {
		return this.tenant.isGiven() || this.user.isGiven();
	}

	CostScope scope(@Nullable Object target, @Nullable Object[] arguments, Faults faults) {
		EvaluationContext context = this.constant ? null
				: new MethodBasedEvaluationContext(target, this.method, arguments, this.names);
		CostScope.Builder scope = CostScope.builder()
			.policy(this.policy)
			.tier(this.tier)
			.limits(this.limits)
			.promptVersion(this.promptVersion)
			.feature(this.feature.value(context, faults))
			.owner(new Owner(this.tenant.part(context, faults), this.user.part(context, faults)));
		for (Tag tag : this.tags) {
			String value = tag.value().value(context, faults);
			if (value != null) {
				scope.tag(tag.name(), value);
			}
		}
		return scope.build();
	}

	private static Tag tag(Method method, String text, ScopeExpressions expressions) {
		int equals = text.indexOf('=');
		if (equals < 1) {
			throw new CostwiseConfigurationException(
					"@CostOptimized on " + describe(method) + " has the tag '" + text + "', which is not 'name=value'.",
					"Write the tag as 'name=value'.");
		}
		return new Tag(text.substring(0, equals).trim(),
				expressions.template(method, "tags", text.substring(equals + 1).trim()));
	}

	private static CallLimits limits(Method method, CostOptimized annotation) {
		try {
			return new CallLimits(zeroToNull(annotation.maxOutputTokens()), zeroToNull(annotation.maxCalls()),
					annotation.maxCostUsd().isEmpty() ? null : Money.ofUsd(new BigDecimal(annotation.maxCostUsd())));
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new CostwiseConfigurationException(
					"@CostOptimized on " + describe(method) + " has a limit that is not usable: " + ex.getMessage()
							+ ".",
					"Give limits above zero, and 'maxCostUsd' as a decimal number such as \"0.05\".", ex);
		}
	}

	static String describe(Method method) {
		return method.getDeclaringClass().getName() + "." + method.getName() + "()";
	}

	private static @Nullable String emptyToNull(String text) {
		return text.isEmpty() ? null : text;
	}

	private static @Nullable Integer zeroToNull(int value) {
		return (value == 0) ? null : value;
	}

	private record Tag(String name, ScopeExpression value) {

	}

}

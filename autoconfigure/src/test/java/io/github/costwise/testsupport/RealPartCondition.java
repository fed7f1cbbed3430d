package io.github.costwise.testsupport;

import java.util.function.Consumer;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Finds or starts what {@link RequiresRealPart} asks for. */
final class RealPartCondition implements ExecutionCondition {

	private final Consumer<RealPart> parts;

	private final boolean ci;

	RealPartCondition() {
		this(RealParts::require, EnvironmentParts.system().ci());
	}

	RealPartCondition(Consumer<RealPart> parts, boolean ci) {
		this.parts = parts;
		this.ci = ci;
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return AnnotationSupport.findAnnotation(context.getElement(), RequiresRealPart.class)
			.map((annotation) -> evaluate(annotation.value()))
			.orElseGet(() -> ConditionEvaluationResult.enabled("no real part needed"));
	}

	ConditionEvaluationResult evaluate(RealPart... needed) {
		try {
			for (RealPart part : needed) {
				this.parts.accept(part);
			}
			return ConditionEvaluationResult.enabled("all real parts are there");
		}
		catch (RealPartMissingException ex) {
			if (this.ci) {
				throw ex;
			}
			return ConditionEvaluationResult.disabled(ex.getMessage());
		}
	}

}

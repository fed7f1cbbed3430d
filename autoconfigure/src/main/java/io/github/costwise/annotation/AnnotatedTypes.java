package io.github.costwise.annotation;

import java.lang.annotation.Annotation;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotationUtils;

/**
 * Tells which types may carry an annotation of Costwise. The beans of Spring, of what it
 * brings and of Costwise itself never do, and looking would load all that their methods
 * name.
 */
final class AnnotatedTypes {

	private static final String OWN = "io.github.costwise.";

	private static final List<String> OTHERS = List.of("org.springframework.", "io.micrometer.", "tools.jackson.",
			"com.fasterxml.jackson.");

	private AnnotatedTypes() {
	}

	static boolean mayCarry(Class<?> type, Class<? extends Annotation> annotation) {
		String name = type.getName();
		return OTHERS.stream().noneMatch(name::startsWith) && !(name.startsWith(OWN) && isOwn(type))
				&& AnnotationUtils.isCandidateClass(type, annotation);
	}

	private static boolean isOwn(Class<?> type) {
		return Objects.equals(source(type), source(AnnotatedTypes.class));
	}

	private static @Nullable CodeSource source(Class<?> type) {
		return type.getProtectionDomain().getCodeSource();
	}

}

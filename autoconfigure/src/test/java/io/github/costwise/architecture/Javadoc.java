package io.github.costwise.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import org.jspecify.annotations.Nullable;

/**
 * Finds public types and methods that say too little. The checks of the Javadoc tool
 * cannot be used: they want comments on implicit constructors, and differ between JDKs.
 */
final class Javadoc extends TreePathScanner<Void, CompilationUnitTree> {

	private final List<String> problems = new ArrayList<>();

	private final DocTrees docs;

	private Javadoc(DocTrees docs) {
		this.docs = docs;
	}

	static List<String> problems(Iterable<? extends JavaFileObject> sources) {
		JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
			.getTask(null, null, null, List.of("-proc:none"), null, sources);
		Javadoc javadoc = new Javadoc(DocTrees.instance(task));
		try {
			task.parse().forEach((unit) -> javadoc.scan(unit, unit));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return javadoc.problems;
	}

	@Override
	public @Nullable Void visitClass(ClassTree type, CompilationUnitTree unit) {
		if (!visible(type.getModifiers().getFlags())) {
			return null;
		}
		if (required(type.getSimpleName().toString())) {
			if (getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree && !has(DocTree.Kind.SINCE)) {
				report(type.getSimpleName() + " has no @since");
			}
			if (type.getKind() == Tree.Kind.RECORD) {
				requireParameters(type.getSimpleName().toString(), components(type));
			}
		}
		return super.visitClass(type, unit);
	}

	@Override
	public @Nullable Void visitMethod(MethodTree method, CompilationUnitTree unit) {
		ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
		boolean inherited = annotated(method.getModifiers(), "@Override");
		boolean metadata = annotated(topLevel(unit).getModifiers(), "@ConfigurationProperties");
		boolean constructor = method.getReturnType() == null;
		boolean compact = constructor && owner.getKind() == Tree.Kind.RECORD;
		boolean visible = visible(method.getModifiers().getFlags()) || owner.getKind() == Tree.Kind.INTERFACE;
		String name = owner.getSimpleName() + "." + method.getName();
		if (visible && !inherited && !metadata && !compact && required(name)) {
			requireParameters(name, method.getParameters().stream());
			if (!constructor && !"void".equals(String.valueOf(method.getReturnType())) && !has(DocTree.Kind.RETURN)) {
				report(name + " has no @return");
			}
		}
		return null;
	}

	/**
	 * Fields of properties classes carry the documentation: it goes into the metadata.
	 */
	private static ClassTree topLevel(CompilationUnitTree unit) {
		return (ClassTree) unit.getTypeDecls().get(0);
	}

	private static boolean annotated(ModifiersTree modifiers, String annotation) {
		return modifiers.getAnnotations().stream().anyMatch((tree) -> tree.toString().startsWith(annotation));
	}

	private Stream<? extends VariableTree> components(ClassTree type) {
		return type.getMembers()
			.stream()
			.filter(VariableTree.class::isInstance)
			.map(VariableTree.class::cast)
			.filter((field) -> !field.getModifiers().getFlags().contains(Modifier.STATIC));
	}

	private void requireParameters(String name, Stream<? extends VariableTree> parameters) {
		Set<String> described = blocks().filter(ParamTree.class::isInstance)
			.map((tag) -> ((ParamTree) tag).getName().toString())
			.collect(Collectors.toSet());
		parameters.map((parameter) -> parameter.getName().toString())
			.filter((parameter) -> !described.contains(parameter))
			.forEach((parameter) -> report(name + " has no @param " + parameter));
	}

	private boolean required(String name) {
		boolean there = comment(getCurrentPath()) != null;
		if (!there) {
			report(name + " has no Javadoc");
		}
		return there;
	}

	private boolean has(DocTree.Kind kind) {
		return blocks().anyMatch((tag) -> tag.getKind() == kind);
	}

	private Stream<? extends DocTree> blocks() {
		DocCommentTree comment = comment(getCurrentPath());
		return (comment != null) ? comment.getBlockTags().stream() : Stream.empty();
	}

	private @Nullable DocCommentTree comment(TreePath path) {
		return this.docs.getDocCommentTree(path);
	}

	private void report(String problem) {
		this.problems.add(problem);
	}

	private static boolean visible(Set<Modifier> modifiers) {
		return modifiers.contains(Modifier.PUBLIC) || modifiers.contains(Modifier.PROTECTED);
	}

}

# A dozen sources of a room are compiled as one, or looked at as one by clang-tidy.
# There, a function or a type in the unnamed namespace hides the room's own one of
# the same name from the sources that follow, so that these mean another than they
# say, or do not compile: fails where one does.
# CTest runs it as `cmake -DROOT=<checkout> -P unity_names_test.cmake`.
cmake_minimum_required(VERSION 3.25)

set(function "^[A-Za-z_][^=;(){}#]*[ *&]([A-Za-z_0-9]+)\\(")
set(type "^(class|struct|enum|enum class|using) ([A-Za-z_0-9]+)( =| {| final| :|$)")
set(looked_at 0)
set(bad "")

# The lines that open and close namespaces and those that name functions or types.
function(read_outline file result)
  file(STRINGS "${file}" lines
    REGEX "^(namespace .*{|}  // namespace|(class|struct|enum|using) |[A-Za-z_][^=;(){}#]*[ *&][A-Za-z_0-9]+\\()")
  # A list must not end at what the code has between its brackets.
  string(REPLACE "::" "/" lines "${lines}")
  string(REGEX REPLACE "[][]" "" lines "${lines}")
  set(${result} "${lines}" PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE headers RELATIVE ${ROOT} "${ROOT}/storage/*.h"
  "${ROOT}/services/*.h" "${ROOT}/clients/*.h" "${ROOT}/tests/*.h")
foreach(header IN LISTS headers)
  set(space "")
  read_outline("${ROOT}/${header}" lines)
  foreach(line IN LISTS lines)
    if(line MATCHES "^namespace ([A-Za-z_/]+)")
      set(space "${CMAKE_MATCH_1}")
    elseif(line MATCHES "${function}")
      set("public/${space}/${CMAKE_MATCH_1}" "${header}")
    elseif(line MATCHES "${type}")
      set("public/${space}/${CMAKE_MATCH_2}" "${header}")
    endif()
  endforeach()
endforeach()

file(GLOB_RECURSE sources RELATIVE ${ROOT} "${ROOT}/storage/*.cc"
  "${ROOT}/services/*.cc" "${ROOT}/clients/*.cc" "${ROOT}/tests/*.cc")
foreach(source IN LISTS sources)
  math(EXPR looked_at "${looked_at} + 1")
  set(space "")
  set(unnamed FALSE)
  read_outline("${ROOT}/${source}" lines)
  foreach(line IN LISTS lines)
    if(line MATCHES "^namespace {")
      set(unnamed TRUE)
    elseif(line MATCHES "^}  // namespace$")
      set(unnamed FALSE)
    elseif(line MATCHES "^namespace ([A-Za-z_/]+)")
      set(space "${CMAKE_MATCH_1}")
    elseif(unnamed)
      set(name "")
      if(line MATCHES "${function}")
        set(name "${CMAKE_MATCH_1}")
      elseif(line MATCHES "${type}")
        set(name "${CMAKE_MATCH_2}")
      endif()
      set(other "${public/${space}/${name}}")
      if(name AND other)
        list(APPEND bad "${source}: ${name} is also in ${other}")
      endif()
    endif()
  endforeach()
endforeach()

if(looked_at EQUAL 0)
  message(FATAL_ERROR "no sources below ${ROOT}")
endif()
if(bad)
  list(JOIN bad "\n" bad)
  message(FATAL_ERROR "file-local names that hide their room's:\n${bad}")
endif()
message(STATUS "${looked_at} sources")
